package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.Set;

/**
 * What the caller of one request may do. What a caller may not see is not there for it; what it may see but not change
 * is refused by {@link ErrorCode#PERMISSION_DENIED}.
 */
public interface Access {
    /** The tag that names the run that a nested run stands below; clients set it as they like. */
    String PARENT = "mlflow.parentRunId";
    /** The tag that names the run of {@code trainModel} that a run was opened from; set when it is opened, and kept. */
    String ROOT = "mlops.rootRunId";
    /** The tag that names who made an experiment; set when it is made, and kept. */
    String OWNER = "mlops.createdBy";

    /** Id of the user that it acts for, for records. */
    String user();

    boolean sees(Experiment experiment);

    boolean sees(TrackedRun run);

    /** @throws MlflowException when it may not make experiments */
    void mayCreateExperiments();

    /** @throws MlflowException when it may not change this one: rename, tag, delete, restore */
    void mayChange(Experiment experiment);

    /** @throws MlflowException when it may not log to this run, tag, end, delete or restore it */
    void mayChange(TrackedRun run);

    /**
     * The run that is opened when this one is asked for: with the build that the caller belongs to, for one.
     *
     * @throws MlflowException when it may not open one there
     */
    RunStart opening(Experiment experiment, RunStart asked);

    /** Whether it sees a logged model that no run made; one that a run made is seen with its run. */
    boolean sees(LoggedModel model);

    /**
     * As {@link #mayChange(TrackedRun)}, for a logged model that no run made.
     *
     * @throws MlflowException when it may not
     */
    void mayChange(LoggedModel model);

    /**
     * The logged model that is begun when this one is asked for: as the work of the run that the caller belongs to, for
     * one.
     *
     * @throws MlflowException when it may not begin one there
     */
    LoggedModelStart opening(Experiment experiment, LoggedModelStart asked);

    /** Told of what was logged, after it is on disk; may not wait for anything. */
    void logged(TrackedRun run, RunBatch batch);

    /** Whether it sees every model, also those without versions. */
    boolean seesAllModels();

    boolean sees(ModelVersion version);

    /** @throws MlflowException when it may not register models and versions */
    void mayRegister();

    /** @throws MlflowException when it may not describe, tag or delete models and versions */
    void mayChangeModels();

    /** Ids of the people behind what it registers: they can't approve it under separation of duties. */
    Set<String> authors();

    /** Told of a version that was registered, after it is on disk. */
    void registered(ModelVersion version);

    /** Told of a version that was deleted, after that is on disk. */
    void deleted(ModelVersion version);

    /**
     * Asks for an alias to be moved to a version, under the model's promotion policy. Asking again while the same is
     * open answers with what is open.
     *
     * @return how it stands: applied, waiting or refused
     * @throws MlflowException when it may not ask
     */
    Promotion promote(ModelVersion version, String alias);

    /** Where people decide on a promotion, for messages. */
    String decidedAt(Promotion promotion);

    /** @throws MlflowException when it may not take an alias away, or the model's policy forbids it */
    void mayDropAlias(String model, String alias);
}
