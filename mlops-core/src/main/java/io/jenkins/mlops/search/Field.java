package io.jenkins.mlops.search;

/** What a condition or an order is about. */
public enum Field {
    METRIC,
    PARAM,
    TAG,
    /** A property of the thing itself, such as a run's {@code status}; see {@link Subject}. */
    ATTRIBUTE,
    /** A dataset that a run used: {@code name}, {@code digest} or {@code context}. */
    DATASET
}
