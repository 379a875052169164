package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.search.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps experiments and runs; what a method has acknowledged is on disk.
 *
 * <p>Methods may be called by any number of threads. They throw {@link RegistryException} and, for values outside
 * {@link io.jenkins.mlops.registry.Limits}, {@link IllegalArgumentException}.
 */
public interface TrackingStore {
    /** The experiment that is always there, as in MLflow. */
    String DEFAULT_EXPERIMENT_ID = "0";

    /** The experiment of this name, made if it isn't there. */
    Experiment experiment(String name);

    /** @throws RegistryException.Conflict when there is one of this name */
    Experiment createExperiment(String name, Map<String, String> tags);

    /** @throws RegistryException.NotFound when there is none */
    Experiment experimentById(String id);

    Optional<Experiment> experimentByName(String name);

    /** Experiments by id; those whose name contains {@code search} in any case, null or empty for all. */
    Page<Experiment> experiments(@CheckForNull String search, Page.Request page);

    /** Experiments that fit the query; newest first where it names no order. */
    Page<Experiment> searchExperiments(Query query, Page.Request page);

    /** @throws RegistryException.Conflict when there is one of this name */
    Experiment renameExperiment(String id, String name);

    /** Marks an experiment and all its runs as deleted, or takes the marks away; not {@code Default}. */
    void setExperimentDeleted(String id, boolean deleted);

    /** Sets an experiment's tag, or removes it with a null value. */
    void setExperimentTag(String id, String key, @CheckForNull String value);

    /** Opens a run; idempotent by its operation key. */
    TrackedRun createRun(RunStart start);

    /**
     * Logs points, parameters and tags. A parameter is written once: the same value again changes nothing, another
     * one is refused and nothing of the batch is kept. The last value of a series is that of the highest step, then
     * the latest time, then the highest value, as in MLflow; the same point twice is one point.
     *
     * @throws RegistryException.Conflict when a parameter has another value already; the message names both
     */
    default void log(String runId, RunBatch batch) {
        log(runId, batch, List.of());
    }

    /**
     * As {@link #log(String, RunBatch)}; in the same write, the last values of logged models are kept.
     *
     * @param ofModels those of the batch's metrics that are said to be of logged models
     * @throws RegistryException.NotFound when there is no such model
     */
    void log(String runId, RunBatch batch, List<ModelMetric> ofModels);

    /** The models that runs log, as MLflow 3 knows them. */
    LoggedModelStore loggedModels();

    /** Adds datasets to a run; one that is there already (name, digest, context) changes nothing. */
    void logInputs(String runId, List<DatasetInput> inputs);

    /** Removes a tag. @throws RegistryException.NotFound when there is none */
    void deleteTag(String runId, String key);

    /** Keeps what a run ran in. */
    void setEnvironment(String runId, Environment environment);

    /**
     * Ends a run, or changes what is not null: its status, end and name.
     *
     * @return the run as {@link #runInfo} answers it
     */
    TrackedRun update(
            String runId, @CheckForNull RunStatus status, @CheckForNull Long endMillis, @CheckForNull String name);

    /** Marks a run as deleted, or takes the mark away. */
    void setDeleted(String runId, boolean deleted);

    /** @throws RegistryException.NotFound when there is no such run */
    TrackedRun run(String runId);

    /**
     * A run with its tags, but without parameters, metrics, inputs and environment: for those who ask often.
     *
     * @throws RegistryException.NotFound when there is no such run
     */
    TrackedRun runInfo(String runId);

    /** The runs of a build, in the order they were opened. */
    List<TrackedRun> runsOfBuild(String job, int build);

    /** Runs that fit the query. */
    Page<TrackedRun> runs(RunQuery query, Page.Request page);

    /** A series by step, time and value; pages of up to 1,000 points. */
    Page<MetricPoint> metricHistory(String runId, String metric, Page.Request page);

    /**
     * A series thinned for a plot: at most {@code points} of it, first and last among them.
     *
     * @param points 2 to 10,000
     */
    default List<MetricPoint> metricSeries(String runId, String metric, int points) {
        return metricSeries(runId, metric, points, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** As {@link #metricSeries(String, String, int)}, of the steps from one to another, both included. */
    List<MetricPoint> metricSeries(String runId, String metric, int points, long fromStep, long toStep);

    /**
     * Keeps a token that is good for one run.
     *
     * @param sha256 its hash, 64 lower-case hexadecimal digits
     * @throws RegistryException.NotFound when there is no such run
     */
    void keepToken(String sha256, String runId, String user, boolean mayRegister, boolean mayRequestPromotion);

    /** The token with this hash; empty when there is none, or none any more. */
    Optional<RunToken> token(String sha256);

    /** Ends all tokens of a run. */
    void revokeTokens(String runId);

    /**
     * Notes an artifact, by its path; one that is there is replaced.
     *
     * @param ownerId id of the run, or of the logged model, that it is of
     */
    void keepArtifact(String ownerId, VersionFile file);

    /** What is noted of an artifact; empty when there is none of this path. */
    Optional<VersionFile> artifact(String ownerId, String path);

    /** The artifacts below a folder, or the one of this very path, by path; of an empty path all. At most 100,000. */
    List<VersionFile> artifacts(String ownerId, String folder);

    /** Forgets an artifact; does nothing when there is none. */
    void forgetArtifact(String ownerId, String path);
}
