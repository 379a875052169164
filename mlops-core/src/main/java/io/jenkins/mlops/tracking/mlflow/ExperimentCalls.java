package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.search.Subject;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.Map;
import java.util.Optional;

/** Answers the calls on experiments. */
final class ExperimentCalls {
    private static final int MOST = 50_000;
    private static final int USUAL = 1_000;

    private final TrackingStore store;

    ExperimentCalls(TrackingStore store) {
        this.store = store;
    }

    Reply create(Fields fields, Access access) {
        String name = fields.required("name");
        String location = fields.text("artifact_location");
        if (location != null && !location.isEmpty() && !location.startsWith("mlflow-artifacts:")) {
            throw MlflowException.invalid("Invalid value for parameter 'artifact_location' supplied: artifacts are kept"
                    + " by this server; leave it out");
        }
        access.mayCreateExperiments();
        Map<String, String> tags = RunCalls.tags(fields);
        tags.put(Access.OWNER, access.user());
        Optional<Experiment> before = store.experimentByName(name);
        if (before.isPresent()) {
            throw exists(name, before.get().deleted());
        }
        try {
            return Reply.of(Wire.object()
                    .put("experiment_id", store.createExperiment(name, tags).id()));
        } catch (RegistryException.Conflict e) {
            throw exists(name, false);
        }
    }

    private static MlflowException exists(String name, boolean deleted) {
        return new MlflowException(
                ErrorCode.RESOURCE_ALREADY_EXISTS,
                "Experiment '" + name + "' already exists"
                        + (deleted ? " in deleted state; restore it, or choose another name." : "."));
    }

    Reply get(Fields fields, Access access) {
        return one(seen(fields.required("experiment_id"), access));
    }

    Reply getByName(Fields fields, Access access) {
        String name = fields.required("experiment_name");
        return one(store.experimentByName(name)
                .filter(access::sees)
                .orElseThrow(() -> MlflowException.missing("Could not find experiment with name '" + name + "'")));
    }

    private static Reply one(Experiment experiment) {
        return Reply.of(Wire.object().set("experiment", Wire.experiment(experiment)));
    }

    Reply search(Fields fields, Access access) {
        Query query = Query.parse(
                Subject.EXPERIMENT, fields.text("filter"), fields.texts("order_by"), lifecycle(fields, "view_type"));
        return Paged.of(
                        fields,
                        "experiments",
                        Paged.limit(fields, USUAL, MOST),
                        page -> store.searchExperiments(query, page),
                        access::sees)
                .reply("experiments", Wire::experiment);
    }

    static Lifecycle lifecycle(Fields fields, String name) {
        String view = fields.text(name, "");
        return switch (view) {
            case "", "ACTIVE_ONLY", "1" -> Lifecycle.ACTIVE;
            case "DELETED_ONLY", "2" -> Lifecycle.DELETED;
            case "ALL", "3" -> Lifecycle.ALL;
            default ->
                throw MlflowException.invalid("Invalid value " + view + " for parameter '" + name
                        + "' supplied: expected ACTIVE_ONLY, DELETED_ONLY or ALL");
        };
    }

    Reply setTag(Fields fields, Access access) {
        Experiment experiment = changed(fields, access);
        if (fields.required("key").equals(Access.OWNER)) {
            throw MlflowException.denied("The tag '" + Access.OWNER + "' is set by Jenkins alone");
        }
        store.setExperimentTag(experiment.id(), fields.required("key"), fields.text("value", ""));
        return Reply.empty();
    }

    Reply deleteTag(Fields fields, Access access) {
        Experiment experiment = changed(fields, access);
        String key = fields.required("key");
        if (!experiment.tags().containsKey(key) || key.equals(Access.OWNER)) {
            throw MlflowException.missing(
                    "No tag with key '" + key + "' in experiment with id=" + experiment.id() + " that can be deleted");
        }
        store.setExperimentTag(experiment.id(), key, null);
        return Reply.empty();
    }

    Reply update(Fields fields, Access access) {
        Experiment experiment = changed(fields, access);
        String name = fields.text("new_name");
        if (name != null && !name.isEmpty()) {
            try {
                store.renameExperiment(experiment.id(), name);
            } catch (RegistryException.Conflict e) {
                throw exists(name, false);
            }
        }
        return Reply.empty();
    }

    Reply delete(Fields fields, Access access) {
        store.setExperimentDeleted(changed(fields, access).id(), true);
        return Reply.empty();
    }

    Reply restore(Fields fields, Access access) {
        Experiment experiment = seen(fields.required("experiment_id"), access);
        access.mayChange(experiment);
        store.setExperimentDeleted(experiment.id(), false);
        return Reply.empty();
    }

    private Experiment changed(Fields fields, Access access) {
        Experiment experiment = seen(fields.required("experiment_id"), access);
        access.mayChange(experiment);
        return active(experiment);
    }

    static Experiment active(Experiment experiment) {
        if (experiment.deleted()) {
            throw MlflowException.invalid(
                    "The experiment " + experiment.id() + " must be in the 'active' state. Current state is deleted.");
        }
        return experiment;
    }

    /** The experiment, if the caller may see it; else it is not there for it. */
    Experiment seen(String id, Access access) {
        try {
            Experiment experiment = store.experimentById(id);
            if (access.sees(experiment)) {
                return experiment;
            }
        } catch (RegistryException.NotFound e) {
            throw absent(id);
        }
        throw absent(id);
    }

    private static MlflowException absent(String id) {
        return MlflowException.missing("No Experiment with id=" + id + " exists");
    }
}
