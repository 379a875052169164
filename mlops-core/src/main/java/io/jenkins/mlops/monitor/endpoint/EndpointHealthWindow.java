package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an endpoint did in a window of time.
 *
 * @param fromMillis its beginning
 * @param toMillis its end
 * @param version the model version that served; 0 when nobody knows
 * @param requests requests that its counters tell of
 * @param errors of which failed
 * @param errorShare share of failed requests; NaN without requests
 * @param quantiles latency in seconds by level ({@code 0.5}, {@code 0.95}, {@code 0.99}); empty without a histogram or
 *     requests
 * @param saturation the highest that the gauge of saturation stood at, from 0 to 1; NaN without one
 * @param scrapes scrapes that came
 * @param probes how often it was asked whether it is ready
 * @param probeFailures how often it was not
 * @param probeQuantiles how long the answers took, in seconds by level; empty without an answer
 * @param restarted whether a counter fell: then only what came since is counted
 * @param notes what a reader should know
 */
public record EndpointHealthWindow(
        long fromMillis,
        long toMillis,
        int version,
        double requests,
        double errors,
        double errorShare,
        Map<Double, Double> quantiles,
        double saturation,
        long scrapes,
        long probes,
        long probeFailures,
        Map<Double, Double> probeQuantiles,
        boolean restarted,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public EndpointHealthWindow {
        Expect.that(fromMillis <= toMillis, "a window in order", fromMillis + " to " + toMillis);
        Expect.that(version >= 0, "a version of 0 or more", version);
        Expect.notNegative(scrapes, "scrapes");
        Expect.that(
                probeFailures >= 0 && probes >= probeFailures,
                "no more failures than probes",
                probeFailures + " of " + probes);
        quantiles = Collections.unmodifiableMap(new TreeMap<>(quantiles));
        probeQuantiles = Collections.unmodifiableMap(new TreeMap<>(probeQuantiles));
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** Tells windows of one monitor apart. */
    public String key() {
        return "endpoint " + Instant.ofEpochMilli(fromMillis) + "/" + (toMillis - fromMillis) / 1_000 + "s";
    }

    /** The share of failed requests as its counters tell; without requests, of failed probes; NaN without either. */
    public double failedShare() {
        return requests > 0 ? errorShare : probes > 0 ? (double) probeFailures / probes : Double.NaN;
    }

    /** Latencies as its histogram tells; without one, those of the probe. */
    public Map<Double, Double> latencies() {
        return quantiles.isEmpty() ? probeQuantiles : quantiles;
    }
}
