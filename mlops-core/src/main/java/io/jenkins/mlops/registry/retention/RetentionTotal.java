package io.jenkins.mlops.registry.retention;

import java.io.Serializable;

/**
 * How much of a model goes at the next sweep.
 *
 * @param versions how many versions, at most {@value RetentionStore#AT_ONCE}
 * @param bytes how large their files are together
 * @param more whether others follow at the sweeps after it
 */
public record RetentionTotal(int versions, long bytes, boolean more) implements Serializable {
    /** Nothing goes. */
    public static final RetentionTotal NOTHING = new RetentionTotal(0, 0, false);
}
