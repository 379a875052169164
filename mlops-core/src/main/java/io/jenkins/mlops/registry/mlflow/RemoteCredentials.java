package io.jenkins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an MLflow server is shown to let its caller in: nothing, a user's name and password, or a bearer token. */
public final class RemoteCredentials {
    /** For a server that asks for nothing. */
    public static final RemoteCredentials NONE = new RemoteCredentials(null);

    @CheckForNull
    private final String header;

    private RemoteCredentials(@CheckForNull String header) {
        this.header = header;
    }

    /** HTTP Basic. */
    public static RemoteCredentials ofUser(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new RemoteCredentials("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** @throws IllegalArgumentException when the token holds what no header can; the message doesn't quote it */
    public static RemoteCredentials ofToken(String token) {
        if (!token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "Expected a token of printable ASCII characters without spaces, found others (or none) in it");
        }
        return new RemoteCredentials("Bearer " + token);
    }

    /** The header {@code Authorization}; null for none. */
    @CheckForNull
    String header() {
        return header;
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return header == null ? "no credentials" : header.substring(0, header.indexOf(' ')) + " ****";
    }
}
