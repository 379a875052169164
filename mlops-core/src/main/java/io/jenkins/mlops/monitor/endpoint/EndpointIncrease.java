package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * By how much an endpoint's counters rose, over any number of scrapes.
 *
 * @param requests requests
 * @param errors of which failed
 * @param buckets requests by the bound of their latency in seconds, cumulative
 * @param restarted whether a counter fell: then only what came since is counted
 * @param counted whether there is a counter of requests at all
 */
public record EndpointIncrease(
        double requests, double errors, Map<Double, Double> buckets, boolean restarted, boolean counted)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most bounds of a histogram. */
    public static final int BUCKETS = 1_000;

    public static final EndpointIncrease NONE = new EndpointIncrease(0, 0, Map.of(), false, false);

    public EndpointIncrease {
        Expect.that(requests >= 0 && errors >= 0, "counts of 0 or more", requests + ", " + errors);
        Expect.that(buckets.size() <= BUCKETS, "at most " + BUCKETS + " buckets", buckets.size());
        buckets = Collections.unmodifiableMap(new TreeMap<>(buckets));
    }

    /** Both together. */
    public EndpointIncrease plus(EndpointIncrease other) {
        Map<Double, Double> sum = new TreeMap<>(buckets);
        other.buckets.forEach((bound, count) -> sum.merge(bound, count, Double::sum));
        return new EndpointIncrease(
                requests + other.requests,
                errors + other.errors,
                sum,
                restarted || other.restarted,
                counted || other.counted);
    }
}
