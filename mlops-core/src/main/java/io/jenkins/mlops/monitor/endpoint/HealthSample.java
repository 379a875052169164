package io.jenkins.mlops.monitor.endpoint;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What one look at an endpoint brought.
 *
 * @param millis when
 * @param version the version that serves; 0 when nobody knows
 * @param scrape its metrics; null when there are none or they didn't come
 * @param scrapeFailure why they didn't come; empty when they did, or weren't asked for
 * @param probed whether it was asked if it is ready
 * @param ready whether it was
 * @param probeSeconds how long the answer took
 */
public record HealthSample(
        long millis,
        int version,
        @CheckForNull Scrape scrape,
        String scrapeFailure,
        boolean probed,
        boolean ready,
        double probeSeconds)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public HealthSample {
        Expect.that(version >= 0, "a version of 0 or more", version);
        Expect.text(scrapeFailure, "a failure", Expect.SENTENCE);
        Expect.that(!probed || probeSeconds >= 0, "seconds of 0 or more", probeSeconds);
    }
}
