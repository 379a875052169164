package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How an endpoint did between two scrapes.
 *
 * @param fromMillis the earlier scrape
 * @param toMillis the later one
 * @param requests requests between them
 * @param errors of which failed
 * @param errorShare share of failed requests; NaN without requests
 * @param quantiles latency in seconds by level ({@code 0.5}, {@code 0.95}, {@code 0.99}); empty without a histogram or
 *     requests
 * @param restarted whether a counter fell: then only what came since is counted
 * @param notes what a reader should know
 */
public record EndpointHealthWindow(
        long fromMillis,
        long toMillis,
        double requests,
        double errors,
        double errorShare,
        Map<Double, Double> quantiles,
        boolean restarted,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public EndpointHealthWindow {
        quantiles = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(quantiles));
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }
}
