package io.jenkins.mlops.tracking.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.search.Subject;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Answers the calls on model versions. */
final class VersionCalls {
    private static final int USUAL = 1_000;
    private static final int MOST = 200_000;

    private final ModelRegistry registry;
    private final TrackingStore store;
    private final ArtifactStore artifacts;
    private final ModelCalls models;
    private final RunCalls runs;

    VersionCalls(
            ModelRegistry registry, TrackingStore store, ArtifactStore artifacts, ModelCalls models, RunCalls runs) {
        this.registry = registry;
        this.store = store;
        this.artifacts = artifacts;
        this.models = models;
        this.runs = runs;
    }

    Reply create(Fields fields, Access access) {
        RegisteredModel model = models.seen(fields.required("name"), access);
        access.mayRegister();
        ModelSource source = ModelSource.parse(fields.required("source"));
        Origin origin = origin(fields, source, access);
        List<VersionFile> files = source.files(artifacts);
        if (files.isEmpty()) {
            throw MlflowException.invalid("Invalid model version source: there are no artifacts at '"
                    + fields.required("source") + "'. Log the model's files first");
        }
        ModelVersion version = registry.register(registration(model, fields, access, origin, files));
        access.registered(version);
        return one(version);
    }

    /** What a version is made from: a run, a logged model, or a logged model that a run made. */
    private record Origin(String uri, @CheckForNull TrackedRun run, Map<String, Double> metrics) {}

    private Origin origin(Fields fields, ModelSource source, Access access) {
        LoggedModel made = source.isOfModel() ? runs.changeableModel(source.ownerId(), access) : null;
        String modelId = fields.text("model_id", "");
        if (!modelId.isEmpty()) {
            if (made != null && !made.id().equals(modelId)) {
                throw MlflowException.invalid("Invalid model version source: it is of the model " + made.id()
                        + ", but the version is said to be of the model " + modelId);
            }
            runs.seenModel(modelId, false, access);
        }
        String runId = made == null ? source.ownerId() : made.sourceRunId();
        String said = fields.text("run_id", "");
        if (!said.isEmpty() && !said.equals(runId)) {
            throw MlflowException.invalid("Invalid model version source: it is of the run " + runId
                    + ", but the version is said to be of the run " + said);
        }
        String root = made == null ? "" : Wire.artifactUri(made);
        TrackedRun run = null;
        Map<String, Double> metrics = new TreeMap<>();
        if (runId != null) {
            runs.seen(runId, access);
            run = store.run(runId);
            access.mayChange(run);
            run.metrics().forEach((key, point) -> metrics.put(key, point.value()));
            root = made == null ? Wire.artifactUri(run) : root;
        }
        if (made != null) {
            made.metrics()
                    .forEach(metric ->
                            metrics.put(metric.point().key(), metric.point().value()));
        }
        return new Origin(source.uri(root), run, metrics);
    }

    private static Registration registration(
            RegisteredModel model, Fields fields, Access access, Origin origin, List<VersionFile> files) {
        Set<String> authors = new TreeSet<>(access.authors());
        TrackedRun run = origin.run();
        Environment environment = run == null ? null : run.environment();
        CodeRef code = environment == null ? null : environment.code();
        if (code != null && code.author() != null) {
            authors.add(code.author());
        }
        List<String> data = run == null
                ? List.of()
                : run.inputs().stream()
                        .map(DatasetInput::digest)
                        .filter(digest -> digest.matches("[!-~]{8,200}"))
                        .distinct()
                        .toList();
        return new Registration(
                "mlflow/" + UUID.randomUUID(),
                model.name(),
                null,
                files,
                origin.uri(),
                null,
                run == null ? null : run.id(),
                run == null ? null : run.build(),
                code,
                data,
                origin.metrics(),
                RunCalls.tags(fields),
                fields.text("description", ""),
                authors,
                access.user());
    }

    private Reply one(ModelVersion version) {
        return Reply.of(
                Wire.object().set("model_version", RegistryWire.version(version, registry.model(version.model()))));
    }

    Reply get(Fields fields, Access access) {
        return one(seen(fields, access));
    }

    Reply getDownloadUri(Fields fields, Access access) {
        return Reply.of(Wire.object().put("artifact_uri", RegistryWire.source(seen(fields, access))));
    }

    Reply search(Fields fields, Access access) {
        Query query = ModelCalls.query(fields, Subject.VERSION);
        Map<String, RegisteredModel> known = new HashMap<>();
        return Paged.of(
                        fields,
                        "model_versions",
                        Paged.limit(fields, USUAL, MOST),
                        page -> registry.searchVersions(query, page),
                        access::sees)
                .reply(
                        "model_versions",
                        version ->
                                RegistryWire.version(version, known.computeIfAbsent(version.model(), registry::model)));
    }

    Reply update(Fields fields, Access access) {
        ModelVersion version = changed(fields, access);
        String description = fields.text("description");
        if (description != null) {
            registry.describeVersion(version.model(), version.number(), description, access.user());
        }
        return get(fields, access);
    }

    Reply delete(Fields fields, Access access) {
        ModelVersion version = changed(fields, access);
        registry.deleteVersion(version.model(), version.number(), access.user());
        access.deleted(version);
        return Reply.empty();
    }

    Reply setTag(Fields fields, Access access) {
        ModelVersion version = changed(fields, access);
        String key = fields.required("key");
        checkTag(key);
        registry.setTag(version.model(), version.number(), key, fields.text("value", ""), access.user());
        return Reply.empty();
    }

    Reply deleteTag(Fields fields, Access access) {
        ModelVersion version = changed(fields, access);
        String key = fields.required("key");
        checkTag(key);
        registry.setTag(version.model(), version.number(), key, null, access.user());
        return Reply.empty();
    }

    private static void checkTag(String key) {
        if (key.equals(Stage.TAG)) {
            throw MlflowException.denied("The tag '" + key + "' is set by transition-stage alone");
        }
    }

    Reply transitionStage(Fields fields, Access access) {
        RegisteredModel model = models.seen(fields.required("name"), access);
        ModelVersion version = models.seen(model, fields.required("version"), access);
        Stage to = Stage.parse(fields.required("stage"));
        Stage from = Stage.of(version, model);
        if (to.alias() != null) {
            Integer before = model.aliases().get(to.alias());
            models.promote(model, version, to.alias(), access);
            mark(version.model(), version.number(), from == Stage.ARCHIVED, null, access);
            boolean archive = fields.flag("archive_existing_versions") && before != null && before != version.number();
            mark(version.model(), before == null ? 0 : before, archive, Stage.ARCHIVED.wireName(), access);
        } else {
            access.mayChangeModels();
            models.dropAlias(model, from.alias(), access);
            String tag = to == Stage.ARCHIVED ? to.wireName() : null;
            mark(version.model(), version.number(), to != from, tag, access);
        }
        return get(fields, access);
    }

    private void mark(String model, int version, boolean needed, @CheckForNull String stage, Access access) {
        if (needed) {
            registry.setTag(model, version, Stage.TAG, stage, access.user());
        }
    }

    private ModelVersion changed(Fields fields, Access access) {
        ModelVersion version = seen(fields, access);
        access.mayChangeModels();
        return version;
    }

    private ModelVersion seen(Fields fields, Access access) {
        return models.seen(models.seen(fields.required("name"), access), fields.required("version"), access);
    }
}
