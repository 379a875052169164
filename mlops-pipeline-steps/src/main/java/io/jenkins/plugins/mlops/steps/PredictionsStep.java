package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of {@code evaluateModel} that says how a predictions file is read, and which metrics are computed of it. */
public abstract class PredictionsStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private String task;

    private String label = "label";

    @CheckForNull
    private String prediction;

    @CheckForNull
    private String score;

    private ArrayList<String> scores = new ArrayList<>();

    @CheckForNull
    private String positive;

    private double threshold = 0.5;

    @CheckForNull
    private String weight;

    private ArrayList<String> slices = new ArrayList<>();

    @CheckForNull
    private String id;

    @CheckForNull
    private String group;

    private ArrayList<Integer> k = new ArrayList<>();
    private ArrayList<Double> quantiles = new ArrayList<>();
    private double beta = 2;
    private double confidence = 0.95;
    private int resamples = 1000;
    private long seed = 42;
    private int bins = 10;
    private ArrayList<String> only = new ArrayList<>();

    PredictionsStep() {}

    @CheckForNull
    public String getTask() {
        return task;
    }

    /** {@code binary}, {@code multiclass}, {@code regression}, {@code ranking} or {@code text}; inferred where none is given. */
    @DataBoundSetter
    public void setTask(@CheckForNull String task) {
        this.task = Util.fixEmptyAndTrim(task);
    }

    public String getLabel() {
        return label;
    }

    /** The column with the true values. */
    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        String given = Util.fixEmptyAndTrim(label);
        this.label = given == null ? "label" : given;
    }

    @CheckForNull
    public String getPrediction() {
        return prediction;
    }

    /** The column with the predictions. */
    @DataBoundSetter
    public void setPrediction(@CheckForNull String prediction) {
        this.prediction = Util.fixEmptyAndTrim(prediction);
    }

    @CheckForNull
    public String getScore() {
        return score;
    }

    /** The column with the score of the positive class. */
    @DataBoundSetter
    public void setScore(@CheckForNull String score) {
        this.score = Util.fixEmptyAndTrim(score);
    }

    public List<String> getScores() {
        return Collections.unmodifiableList(scores);
    }

    /** The columns with one score per class, or per quantile. */
    @DataBoundSetter
    public void setScores(@CheckForNull List<String> scores) {
        this.scores = StepText.list(scores);
    }

    @CheckForNull
    public String getPositive() {
        return positive;
    }

    /** The positive class of a binary task. */
    @DataBoundSetter
    public void setPositive(@CheckForNull String positive) {
        this.positive = Util.fixEmptyAndTrim(positive);
    }

    public double getThreshold() {
        return threshold;
    }

    /** The score from which on a row counts as positive. */
    @DataBoundSetter
    public void setThreshold(double threshold) {
        this.threshold = threshold;
    }

    @CheckForNull
    public String getWeight() {
        return weight;
    }

    /** The column with sample weights. */
    @DataBoundSetter
    public void setWeight(@CheckForNull String weight) {
        this.weight = Util.fixEmptyAndTrim(weight);
    }

    public List<String> getSlices() {
        return Collections.unmodifiableList(slices);
    }

    /** The columns by whose values the metrics are given once more. */
    @DataBoundSetter
    public void setSlices(@CheckForNull List<String> slices) {
        this.slices = StepText.list(slices);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    /** The column that names a row. */
    @DataBoundSetter
    public void setId(@CheckForNull String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    @CheckForNull
    public String getGroup() {
        return group;
    }

    /** The column with the query of a ranking. */
    @DataBoundSetter
    public void setGroup(@CheckForNull String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    public List<Integer> getK() {
        return Collections.unmodifiableList(k);
    }

    /** Positions for top-k and NDCG. */
    @DataBoundSetter
    public void setK(@CheckForNull List<Integer> k) {
        this.k = k == null ? new ArrayList<>() : new ArrayList<>(k);
    }

    public List<Double> getQuantiles() {
        return Collections.unmodifiableList(quantiles);
    }

    /** Levels of quantile forecasts, in the order of {@code scores}. */
    @DataBoundSetter
    public void setQuantiles(@CheckForNull List<Double> quantiles) {
        this.quantiles = quantiles == null ? new ArrayList<>() : new ArrayList<>(quantiles);
    }

    public double getBeta() {
        return beta;
    }

    /** Weight of recall in F-beta. */
    @DataBoundSetter
    public void setBeta(double beta) {
        this.beta = beta;
    }

    public double getConfidence() {
        return confidence;
    }

    /** Confidence level of the intervals. */
    @DataBoundSetter
    public void setConfidence(double confidence) {
        this.confidence = confidence;
    }

    public int getResamples() {
        return resamples;
    }

    /** Bootstrap resamples. */
    @DataBoundSetter
    public void setResamples(int resamples) {
        this.resamples = resamples;
    }

    public long getSeed() {
        return seed;
    }

    /** Seed of the bootstrap. */
    @DataBoundSetter
    public void setSeed(long seed) {
        this.seed = seed;
    }

    public int getBins() {
        return bins;
    }

    /** Bins of the calibration curve. */
    @DataBoundSetter
    public void setBins(int bins) {
        this.bins = bins;
    }

    public List<String> getOnly() {
        return Collections.unmodifiableList(only);
    }

    /** Names of the metrics to report; all where none is given. */
    @DataBoundSetter
    public void setOnly(@CheckForNull List<String> only) {
        this.only = StepText.list(only);
    }

    /**
     * The options for the evaluation.
     *
     * @param requiredLevel the confidence level that the gates need at least, 0 if they need none
     * @throws IllegalArgumentException naming the option that makes no sense
     */
    final EvaluationOptions evaluationOptions(double requiredLevel) {
        EvaluationOptions.Builder builder = EvaluationOptions.builder()
                .task(task == null ? null : Task.parse(task))
                .label(label)
                .prediction(prediction)
                .positive(positive)
                .threshold(threshold)
                .weight(weight)
                .slices(slices)
                .id(id)
                .group(group)
                .quantiles(quantiles)
                .beta(beta)
                .resamples(resamples)
                .seed(seed)
                .bins(bins)
                .metrics(only)
                .level(Math.max(confidence, requiredLevel));
        List<String> columns = new ArrayList<>(scores);
        if (score != null) {
            columns.add(0, score);
        }
        builder.scores(columns);
        if (!k.isEmpty()) {
            builder.k(k);
        }
        return builder.build();
    }
}
