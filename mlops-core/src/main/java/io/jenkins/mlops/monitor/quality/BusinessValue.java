package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What predictions are worth to the team, in whatever unit it counts in.
 *
 * @param truePositive the value of a positive that was called; negative for a cost
 * @param falsePositive the value of a negative that was called positive
 * @param trueNegative the value of a negative that was left alone
 * @param falseNegative the value of a positive that was missed
 * @param costPerPrediction what a prediction costs, whatever it says; 0 or more
 * @param unit the unit, such as {@code EUR}
 */
public record BusinessValue(
        double truePositive,
        double falsePositive,
        double trueNegative,
        double falseNegative,
        double costPerPrediction,
        String unit)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public BusinessValue {
        for (double value : new double[] {truePositive, falsePositive, trueNegative, falseNegative}) {
            Expect.that(!Double.isNaN(value) && !Double.isInfinite(value), "a finite value", value);
        }
        Expect.that(
                costPerPrediction >= 0 && costPerPrediction < Double.POSITIVE_INFINITY,
                "a cost of 0 or more",
                costPerPrediction);
        Expect.text(unit, "a unit", 50);
    }

    /**
     * What a number of predictions was worth.
     *
     * @param predictions how many
     * @param total their value less their cost
     * @param perPrediction the same for one; NaN for none
     * @param cost their cost alone
     */
    public record Worth(double predictions, double total, double perPrediction, double cost) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** What so many predictions of each kind were worth; the counts may be expected ones, and so fractions. */
    public Worth of(double truePositives, double falsePositives, double trueNegatives, double falseNegatives) {
        double all = truePositives + falsePositives + trueNegatives + falseNegatives;
        double cost = all * costPerPrediction;
        double total = truePositives * truePositive
                + falsePositives * falsePositive
                + trueNegatives * trueNegative
                + falseNegatives * falseNegative
                - cost;
        return new Worth(all, total, all > 0 ? total / all : Double.NaN, cost);
    }

    /**
     * What an endpoint cost per prediction.
     *
     * @param hours hours that it ran
     * @param perHour what an hour costs, all replicas together
     * @return NaN without predictions
     */
    public static double costPerPrediction(double hours, double perHour, double predictions) {
        return predictions > 0 ? hours * perHour / predictions : Double.NaN;
    }
}
