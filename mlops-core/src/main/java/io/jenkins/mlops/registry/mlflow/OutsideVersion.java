package io.jenkins.mlops.registry.mlflow;

import java.io.Serializable;

/**
 * A version that others registered at the server.
 *
 * @param model the model's name
 * @param remoteNumber its number there
 * @param source where its files are
 * @param runId the run there that it came from; empty for none
 * @param user who registered it; empty where the server doesn't say
 * @param createdMillis when, in epoch milliseconds
 */
public record OutsideVersion(
        String model, int remoteNumber, String source, String runId, String user, long createdMillis)
        implements Serializable {
    private static final int LONGEST = 2_000;
    private static final int LONGEST_ID = 250;

    static OutsideVersion of(RemoteVersion version) {
        return new OutsideVersion(
                version.model(),
                version.number(),
                clipped(version.source(), LONGEST),
                clipped(version.runId(), LONGEST_ID),
                clipped(version.user(), LONGEST),
                version.createdMillis());
    }

    /** What a server says is not held to the registry's rules: what a database doesn't take is left out. */
    private static String clipped(String text, int most) {
        String kept = text.replace("\0", "");
        return kept.length() <= most ? kept : kept.substring(0, most);
    }
}
