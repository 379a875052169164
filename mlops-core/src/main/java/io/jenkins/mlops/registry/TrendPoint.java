package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * One build's value of a headline metric.
 *
 * @param build the build's number
 * @param metric the metric's name
 * @param value the value; NaN when the metric was undefined
 * @param millis when it was recorded, in epoch milliseconds
 */
public record TrendPoint(int build, String metric, double value, long millis) implements Serializable {}
