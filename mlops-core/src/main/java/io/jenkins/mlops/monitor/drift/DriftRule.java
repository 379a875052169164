package io.jenkins.mlops.monitor.drift;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * A statistic and where drift begins.
 *
 * @param statistic the statistic
 * @param threshold drift is a p-value below it ({@code <=} for Kolmogorov-Smirnov, as Evidently has it), or a distance
 *     at it or above
 */
public record DriftRule(DriftStatistic statistic, double threshold) implements Serializable {
    private static final long serialVersionUID = 1L;

    public DriftRule {
        Expect.that(statistic != null, "a statistic", null);
        Expect.that(threshold >= 0, "a threshold of 0 or more", threshold);
    }

    /** The statistic with its usual threshold. */
    public static DriftRule of(DriftStatistic statistic) {
        return new DriftRule(statistic, statistic.defaultThreshold());
    }

    /** Whether a p-value or a distance is drift; NaN is none. */
    public boolean drifted(double score) {
        if (!statistic.comparesPValue()) {
            return score >= threshold;
        }
        return statistic == DriftStatistic.KOLMOGOROV_SMIRNOV ? score <= threshold : score < threshold;
    }
}
