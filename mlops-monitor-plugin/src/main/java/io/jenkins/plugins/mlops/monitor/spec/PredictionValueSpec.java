package io.jenkins.plugins.mlops.monitor.spec;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.monitor.quality.BusinessValue;
import io.jenkins.mlops.monitor.quality.ValuePlan;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What predictions are worth to the team and what they cost. */
public final class PredictionValueSpec implements Describable<PredictionValueSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private double truePositive = 0;
    private double falsePositive = 0;
    private double trueNegative = 0;
    private double falseNegative = 0;
    private double costPerPrediction = 0;
    private double costPerHour = 0;
    private String unit = "";
    private Double minimum;

    @DataBoundConstructor
    public PredictionValueSpec() {}

    public double getTruePositive() {
        return truePositive;
    }

    /** What a positive that was called is worth; negative for a cost. */
    @DataBoundSetter
    public void setTruePositive(double truePositive) {
        this.truePositive = truePositive;
    }

    public double getFalsePositive() {
        return falsePositive;
    }

    /** What a negative that was called positive is worth. */
    @DataBoundSetter
    public void setFalsePositive(double falsePositive) {
        this.falsePositive = falsePositive;
    }

    public double getTrueNegative() {
        return trueNegative;
    }

    /** What a negative that was left alone is worth. */
    @DataBoundSetter
    public void setTrueNegative(double trueNegative) {
        this.trueNegative = trueNegative;
    }

    public double getFalseNegative() {
        return falseNegative;
    }

    /** What a positive that was missed is worth. */
    @DataBoundSetter
    public void setFalseNegative(double falseNegative) {
        this.falseNegative = falseNegative;
    }

    public double getCostPerPrediction() {
        return costPerPrediction;
    }

    /** What a prediction costs, whatever it says. */
    @DataBoundSetter
    public void setCostPerPrediction(double costPerPrediction) {
        this.costPerPrediction = costPerPrediction;
    }

    public double getCostPerHour() {
        return costPerHour;
    }

    /** What an hour of the endpoint costs, all replicas together. */
    @DataBoundSetter
    public void setCostPerHour(double costPerHour) {
        this.costPerHour = costPerHour;
    }

    public String getUnit() {
        return unit;
    }

    /** The unit, such as {@code EUR}. */
    @DataBoundSetter
    public void setUnit(@CheckForNull String unit) {
        this.unit = Util.fixNull(unit).trim();
    }

    @CheckForNull
    public Double getMinimum() {
        return minimum;
    }

    /** The least that a prediction is to be worth, below which it is a signal; none for any. */
    @DataBoundSetter
    public void setMinimum(@CheckForNull Double minimum) {
        this.minimum = minimum;
    }

    /** @throws IllegalArgumentException saying which option was expected to be what */
    ValuePlan plan() {
        return new ValuePlan(
                new BusinessValue(truePositive, falsePositive, trueNegative, falseNegative, costPerPrediction, unit),
                costPerHour,
                minimum);
    }

    /** Describes it. */
    @Extension
    @Symbol("predictionValue")
    public static final class DescriptorImpl extends Descriptor<PredictionValueSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PredictionValueSpec_displayName();
        }
    }
}
