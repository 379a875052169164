package io.jenkins.mlops.monitor.endpoint;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import java.io.Serializable;
import java.util.List;

/**
 * How far an endpoint's present window has come: kept between looks, so that a restart loses no request.
 *
 * @param fromMillis the window's beginning; -1 before the first look
 * @param version the version that serves in it
 * @param last the last scrape; null before the first. Counters rise from it on
 * @param increase by how much they rose in the window
 * @param saturation the highest in the window; NaN without one
 * @param scrapes scrapes that came in it
 * @param probeSeconds how long answers to probes took in it, the last {@value #PROBES}
 * @param probes how often it was asked
 * @param probeFailures how often it was not ready
 * @param failure why the last scrape didn't come; empty when it did
 * @param tracks its signals as they stand
 * @param revision counts the looks that were kept
 */
public record HealthState(
        long fromMillis,
        int version,
        @CheckForNull Scrape last,
        EndpointIncrease increase,
        double saturation,
        long scrapes,
        List<Double> probeSeconds,
        long probes,
        long probeFailures,
        String failure,
        List<SignalTrack> tracks,
        long revision)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most latencies of probes that are kept: one a minute for a day. */
    public static final int PROBES = 1_440;

    /** Before the first look. */
    public static final HealthState START =
            new HealthState(-1, 0, null, EndpointIncrease.NONE, Double.NaN, 0, List.of(), 0, 0, "", List.of(), 0);

    public HealthState {
        Expect.present(increase, "an increase");
        probeSeconds = Expect.list(probeSeconds, "latencies", PROBES);
        Expect.text(failure, "a failure", Expect.SENTENCE);
        tracks = Expect.list(tracks, "signals", 100);
    }
}
