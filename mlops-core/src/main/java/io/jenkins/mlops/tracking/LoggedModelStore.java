package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Keeps logged models, under the same rules as {@link TrackingStore}. */
public interface LoggedModelStore {
    /** Begins a model, which is PENDING. */
    LoggedModel create(LoggedModelStart start);

    /**
     * The model, whether it is marked as deleted or not.
     *
     * @throws RegistryException.NotFound when there is none
     */
    LoggedModel get(String modelId);

    /** Models that fit the query and are not marked as deleted. */
    Page<LoggedModel> search(LoggedModelQuery query, Page.Request page);

    /** @throws RegistryException.Conflict when a parameter has another value already */
    void logParams(String modelId, Map<String, String> params);

    /** Says how far a model is. */
    LoggedModel finish(String modelId, LoggedModelStatus status);

    /** Sets tags. */
    void setTags(String modelId, Map<String, String> tags);

    /** Removes a tag. @throws RegistryException.NotFound when there is none */
    void deleteTag(String modelId, String key);

    /** Marks a model as deleted, or takes the mark away. */
    void setDeleted(String modelId, boolean deleted);

    /** Notes that a run read models; one that is noted already changes nothing. */
    void logInputs(String runId, Collection<String> modelIds);

    /** Notes that a run made models; the step of one that is noted already is replaced. */
    void logOutputs(String runId, Collection<RunModels.Output> outputs);

    /** The models of runs, by the runs' ids; those without any are left out. */
    Map<String, RunModels> ofRuns(List<String> runIds);
}
