package org.jenkinsci.plugins.scriptsecurity.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;

/** A sandboxed script wanted to use what it may not. */
public final class RejectedAccessException extends SecurityException {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String signature;

    public RejectedAccessException(@NonNull String type, @NonNull String details) {
        super("Scripts not permitted to use " + type + " " + details);
        this.signature = type + " " + details;
    }

    public RejectedAccessException(@NonNull String message) {
        super(message);
        this.signature = null;
    }

    @CheckForNull
    public String getSignature() {
        return signature;
    }
}
