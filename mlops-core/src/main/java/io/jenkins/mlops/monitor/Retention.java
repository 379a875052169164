package io.jenkins.mlops.monitor;

import java.io.Serializable;

/**
 * How long a store keeps what monitors have seen.
 *
 * @param windows the youngest so many windows of each monitor
 * @param changes the youngest so many changes of signals of each monitor
 * @param decisions the youngest so many decisions of each monitor
 * @param attemptMillis retrainings that ended are kept so long at least: no shorter than a log can be read again, since
 *     they are what keeps a second retraining from following the same window
 */
public record Retention(int windows, int changes, int decisions, long attemptMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 2,000 windows, 5,000 changes, 5,000 decisions, 400 days. */
    public static final Retention DEFAULT = new Retention(2_000, 5_000, 5_000, 400L * 24 * 3_600_000);

    public Retention {
        Expect.that(
                windows >= 1 && changes >= 1 && decisions >= 1,
                "to keep 1 or more",
                windows + ", " + changes + ", " + decisions);
        Expect.notNegative(attemptMillis, "milliseconds");
    }
}
