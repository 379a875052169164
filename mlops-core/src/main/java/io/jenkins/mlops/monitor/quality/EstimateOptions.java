package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * How the quality of a binary classifier is estimated without labels.
 *
 * @param scoreColumn the column of the probability of the positive class, which must be calibrated
 * @param threshold from this probability on a row is called positive
 * @param level confidence level of the intervals
 */
public record EstimateOptions(String scoreColumn, double threshold, double level) implements Serializable {
    private static final long serialVersionUID = 1L;

    public EstimateOptions {
        Expect.name(scoreColumn, "a column's name");
        Expect.share(threshold, "a threshold");
        Expect.that(level > 0 && level < 1, "a confidence level between 0 and 1", level);
    }

    /** Called positive from 0.5 on, with intervals at the usual level. */
    public static EstimateOptions of(String scoreColumn) {
        return new EstimateOptions(scoreColumn, 0.5, EvaluationOptions.DEFAULT_LEVEL);
    }
}
