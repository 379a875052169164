package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * One version's value of a headline metric.
 *
 * @param number the version's number
 * @param value the value; NaN when the metric was undefined
 * @param millis when the version was registered, in epoch milliseconds
 */
public record VersionPoint(int number, double value, long millis) implements Serializable {}
