package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code trainModel} returns: the tracked run, readable in a sandboxed Jenkinsfile. */
public final class TrainingRun implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;
    private final String experiment;
    private final TreeMap<String, String> params;
    private final TreeMap<String, Double> metrics;

    TrainingRun(String id, String name, String experiment, Map<String, String> params, Map<String, Double> metrics) {
        this.id = id;
        this.name = name;
        this.experiment = experiment;
        this.params = new TreeMap<>(params);
        this.metrics = new TreeMap<>(metrics);
    }

    /** The run's id: 32 hexadecimal digits, as in MLflow. */
    @Whitelisted
    public String getId() {
        return id;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    @Whitelisted
    public String getExperiment() {
        return experiment;
    }

    @Whitelisted
    public Map<String, String> getParams() {
        return Collections.unmodifiableMap(params);
    }

    /** The latest value of each metric. */
    @Whitelisted
    public Map<String, Double> getMetrics() {
        return Collections.unmodifiableMap(metrics);
    }

    @Whitelisted
    @Override
    public String toString() {
        return "run " + name + " (" + id + ") of experiment " + experiment;
    }
}
