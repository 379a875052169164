package io.jenkins.mlops.registry.mlflow;

import java.io.Serializable;

/**
 * How the registry and the server stand to each other.
 *
 * @param server the server's URL
 * @param offers what it offers, for people; empty before it answered first
 * @param connectedMillis when it was connected, in epoch milliseconds
 * @param contactMillis when it answered last; 0 for never
 * @param pollMillis when all of its models were looked at last; 0 for never
 * @param failure why it could not be reached last; empty when it could
 * @param failingMillis since when; 0 when it is not failing
 * @param waiting how many tasks wait
 * @param refused how many tasks it refused
 * @param waitingSinceMillis since when the oldest of them waits; 0 for none
 * @param drifts how many aliases stand otherwise than on record
 */
public record RemoteState(
        String server,
        String offers,
        long connectedMillis,
        long contactMillis,
        long pollMillis,
        String failure,
        long failingMillis,
        int waiting,
        int refused,
        long waitingSinceMillis,
        int drifts)
        implements Serializable {}
