package io.jenkins.mlops.registry.mlflow;

import java.io.IOException;

/** Says what an MLflow server did not do, and whether it is worth to ask again. */
public final class RemoteException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, by what to do about it. */
    public enum Kind {
        /** No answer, or none that MLflow gives: time may heal it. */
        UNREACHABLE,
        /** Too busy, or broken for the moment: time may heal it. */
        OVERLOADED,
        /** The address, the credentials or their rights are wrong: an administrator has to mend it. */
        DENIED,
        /** The server doesn't know this call: it is older, or offers a part of MLflow. */
        NOT_OFFERED,
        /** What was named is not there. */
        MISSING,
        /** What was to be made is there already. */
        EXISTS,
        /** The server says no to what was asked; asking again changes nothing. */
        REFUSED
    }

    private final Kind kind;
    private final long retryAfterMillis;

    RemoteException(Kind kind, String message) {
        this(kind, message, 0, null);
    }

    RemoteException(Kind kind, String message, long retryAfterMillis, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfterMillis = retryAfterMillis;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same call may succeed later, without anybody doing anything. */
    public boolean heals() {
        return kind == Kind.UNREACHABLE || kind == Kind.OVERLOADED;
    }

    /** How long the server asks to be left alone, in milliseconds; 0 where it doesn't say. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
