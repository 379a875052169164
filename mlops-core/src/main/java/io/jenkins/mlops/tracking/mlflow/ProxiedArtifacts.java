package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The artifact proxy: paths are {@code EXPERIMENT/RUN/artifacts/PATH}, as a run's {@code artifact_uri} has them,
 * {@code EXPERIMENT/models/MODEL_ID/artifacts/PATH} for logged models and, to be read only,
 * {@code models/NAME/VERSION/PATH} for versions whose files are their build's artifacts.
 *
 * <p>The files of a registered version stay as they are: they can't be written over or deleted any more.
 */
public final class ProxiedArtifacts {
    private static final int PREFIX = 3;

    private final ArtifactStore artifacts;
    private final RunCalls runs;
    private final ModelRegistry registry;

    private final ModelCalls models;
    private final VersionFiles versionFiles;

    ProxiedArtifacts(
            ArtifactStore artifacts,
            RunCalls runs,
            ModelRegistry registry,
            ModelCalls models,
            VersionFiles versionFiles) {
        this.artifacts = artifacts;
        this.runs = runs;
        this.registry = registry;
        this.models = models;
        this.versionFiles = versionFiles;
    }

    /** Opens files of versions that are no artifacts of a run. */
    @FunctionalInterface
    public interface VersionFiles {
        /** @throws IOException when the file, or the build that keeps it, is gone */
        InputStream open(ModelVersion version, VersionFile file) throws IOException;
    }

    /**
     * A file to be sent.
     *
     * @param file its path below the run's artifacts, its size and SHA-256
     * @param opener opens it
     */
    public record Found(VersionFile file, Opener opener) {}

    /** Opens a file. */
    @FunctionalInterface
    public interface Opener {
        /** @param from the first byte wanted, from 0 */
        InputStream open(long from) throws IOException;
    }

    /**
     * A place among the artifacts of a run or of a logged model.
     *
     * @param owner id of the run or the model
     * @param run the run; null for a model
     * @param runId the run behind it; null for a model that none made
     * @param path below the owner's artifacts
     */
    private record Place(
            String owner,
            @CheckForNull TrackedRun run,
            @CheckForNull String runId,
            ArtifactPath path) {
        static Place of(TrackedRun run, ArtifactPath path) {
            return new Place(run.id(), run, run.id(), path);
        }

        static Place of(LoggedModel model, ArtifactPath path) {
            return new Place(model.id(), null, model.sourceRunId(), path);
        }

        String displayName() {
            return (LoggedModel.isId(owner) ? "model " : "run ") + owner;
        }
    }

    private Place locate(ArtifactPath full, Access access) {
        List<String> parts = full.parts();
        int owner = parts.size() > 1 && parts.get(1).equals(ModelSource.MODELS) ? 2 : 1;
        if (parts.size() < owner + 2 || !parts.get(owner + 1).equals("artifacts")) {
            throw MlflowException.invalid("Invalid path: expected EXPERIMENT/RUN/artifacts/PATH or"
                    + " EXPERIMENT/models/MODEL_ID/artifacts/PATH, found '" + full + "'");
        }
        String id = parts.get(owner);
        ArtifactPath path = full.from(owner + 2);
        if (owner == 1) {
            TrackedRun run = runs.seen(id, access);
            return in(run.experimentId(), parts.get(0), Place.of(run, path));
        }
        LoggedModel model = runs.seenModel(id, false, access);
        return in(model.experimentId(), parts.get(0), Place.of(model, path));
    }

    private static Place in(String experiment, String said, Place place) {
        if (!experiment.equals(said)) {
            throw MlflowException.missing("The " + place.displayName() + " is none of the experiment " + said);
        }
        return place;
    }

    /**
     * Receives a file.
     *
     * @param length how many bytes must come; -1 when unknown
     * @throws IOException when it breaks off; nothing of it is kept
     */
    public void put(ArtifactPath full, InputStream in, long length, Access access) throws IOException {
        Place place = changeable(full, access);
        artifacts.put(place.owner(), place.path(), in, length);
    }

    private Place changeable(ArtifactPath full, Access access) {
        Place place = locate(full, access);
        TrackedRun run = place.run();
        if (run == null) {
            runs.changeableModel(place.owner(), access);
        } else {
            access.mayChange(run);
            if (run.deleted()) {
                throw MlflowException.invalid(
                        "The run " + run.id() + " must be in the 'active' state. Current state is deleted.");
            }
        }
        String token = null;
        do {
            Page<ModelVersion> versions = versionsOf(place, new Page.Request(1_000, token));
            for (ModelVersion version : versions.items()) {
                refuseRegistered(place, version);
            }
            token = versions.nextToken();
        } while (token != null);
        return place;
    }

    /** The versions whose files the place may hold. */
    private Page<ModelVersion> versionsOf(Place place, Page.Request page) {
        String run = place.runId();
        if (run != null) {
            return registry.versions(VersionQuery.all().ofRun(run), page);
        }
        Condition from = new Condition(
                Field.ATTRIBUTE, "source_path", Operator.LIKE, "%/" + ModelSource.MODELS + "/" + place.owner() + "/%");
        return registry.searchVersions(new Query(List.of(from), List.of(), Lifecycle.ACTIVE), page);
    }

    private static void refuseRegistered(Place place, ModelVersion version) {
        String source = version.source();
        if (source == null || !source.startsWith("mlflow-artifacts:")) {
            return;
        }
        ModelSource held = ModelSource.parse(source);
        boolean above = held.path().parts().size() >= place.path().parts().size()
                && held.path()
                        .parts()
                        .subList(0, place.path().parts().size())
                        .equals(place.path().parts());
        if (held.ownerId().equals(place.owner()) && (held.holds(place.path()) || above)) {
            throw MlflowException.denied("'" + place.path() + "' belongs to version " + version.number() + " of '"
                    + version.model() + "', whose files stay as they were registered. Use another path or another run");
        }
    }

    /** @throws MlflowException when there is no such file */
    public Found get(ArtifactPath full, Access access) {
        if (isVersion(full)) {
            ModelVersion version = version(full, access);
            String path = full.from(PREFIX).toString();
            return version.files().stream()
                    .filter(file -> file.path().equals(path))
                    .findFirst()
                    .map(file -> new Found(file, from -> open(version, file, from)))
                    .orElseThrow(() -> MlflowException.missing("No such file: '" + path + "' of version "
                            + version.number() + " of '" + version.model() + "'"));
        }
        Place place = locate(full, access);
        return found(place);
    }

    /** A file by its run, or its logged model, and its path below its artifacts. */
    public Found get(String ownerId, ArtifactPath path, Access access) {
        return found(
                LoggedModel.isId(ownerId)
                        ? Place.of(runs.seenModel(ownerId, false, access), path)
                        : Place.of(runs.seen(ownerId, access), path));
    }

    private Found found(Place place) {
        VersionFile file = artifacts.find(place.owner(), place.path()).orElseThrow(() -> absent(place));
        return new Found(file, from -> artifacts.open(place.owner(), file, from));
    }

    private static MlflowException absent(Place place) {
        return MlflowException.missing("No such artifact: '" + place.path() + "' of the " + place.displayName());
    }

    private static boolean isVersion(ArtifactPath full) {
        return full.parts().size() >= PREFIX && full.parts().get(0).equals(RegistryWire.MODELS);
    }

    private ModelVersion version(ArtifactPath full, Access access) {
        return models.seen(
                models.seen(full.parts().get(1), access), full.parts().get(2), access);
    }

    private InputStream open(ModelVersion version, VersionFile file, long from) throws IOException {
        InputStream in = versionFiles.open(version, file);
        in.skipNBytes(from);
        return in;
    }

    /** What stands directly in a folder, named relative to it. */
    public Reply list(ArtifactPath full, Access access) {
        ObjectNode node = Wire.object();
        if (isVersion(full)) {
            ArtifactPath folder = full.from(PREFIX);
            String below = folder.isRoot() ? "" : folder + "/";
            ArtifactCalls.addFiles(
                    node,
                    version(full, access).files().stream()
                            .filter(file -> file.path().startsWith(below))
                            .toList(),
                    folder,
                    "");
            return Reply.of(node);
        }
        Place place = locate(full, access);
        ArtifactCalls.addFiles(node, artifacts.files(place.owner(), place.path()), place.path(), "");
        return Reply.of(node);
    }

    /** Deletes a file or a folder. */
    public Reply delete(ArtifactPath full, Access access) throws IOException {
        Place place = changeable(full, access);
        if (artifacts.delete(place.owner(), place.path()) == 0) {
            throw absent(place);
        }
        return Reply.empty();
    }
}
