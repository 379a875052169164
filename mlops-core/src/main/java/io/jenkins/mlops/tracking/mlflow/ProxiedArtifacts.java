package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.TrackedRun;
import java.io.IOException;
import java.io.InputStream;

/**
 * The artifact proxy: paths are {@code EXPERIMENT/RUN/artifacts/PATH}, as a run's {@code artifact_uri} has them, and, to
 * be read only, {@code models/NAME/VERSION/PATH} for versions whose files are their build's artifacts.
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

    private record Place(TrackedRun run, ArtifactPath path) {}

    private Place locate(ArtifactPath full, Access access) {
        if (full.parts().size() < PREFIX || !full.parts().get(2).equals("artifacts")) {
            throw MlflowException.invalid("Invalid path: expected EXPERIMENT/RUN/artifacts/PATH, found '" + full + "'");
        }
        TrackedRun run = runs.seen(full.parts().get(1), access);
        if (!run.experimentId().equals(full.parts().get(0))) {
            throw MlflowException.missing("The run " + run.id() + " is none of the experiment "
                    + full.parts().get(0));
        }
        return new Place(run, full.from(PREFIX));
    }

    /**
     * Receives a file.
     *
     * @param length how many bytes must come; -1 when unknown
     * @throws IOException when it breaks off; nothing of it is kept
     */
    public void put(ArtifactPath full, InputStream in, long length, Access access) throws IOException {
        Place place = changeable(full, access);
        artifacts.put(place.run().id(), place.path(), in, length);
    }

    private Place changeable(ArtifactPath full, Access access) {
        Place place = locate(full, access);
        access.mayChange(place.run());
        if (place.run().deleted()) {
            throw MlflowException.invalid(
                    "The run " + place.run().id() + " must be in the 'active' state. Current state is deleted.");
        }
        String token = null;
        do {
            Page<ModelVersion> versions =
                    registry.versions(VersionQuery.all().ofRun(place.run().id()), new Page.Request(1_000, token));
            for (ModelVersion version : versions.items()) {
                refuseRegistered(place, version);
            }
            token = versions.nextToken();
        } while (token != null);
        return place;
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
        if (held.runId().equals(place.run().id()) && (held.holds(place.path()) || above)) {
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
        return found(place.run(), place.path());
    }

    /** A file by its run and its path below the run's artifacts. */
    public Found get(String runId, ArtifactPath path, Access access) {
        return found(runs.seen(runId, access), path);
    }

    private Found found(TrackedRun run, ArtifactPath path) {
        VersionFile file = artifacts
                .find(run.id(), path)
                .orElseThrow(() -> MlflowException.missing("No such artifact: '" + path + "' of the run " + run.id()));
        return new Found(file, from -> artifacts.open(run.id(), file, from));
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
        ArtifactCalls.addFiles(node, artifacts.files(place.run().id(), place.path()), place.path(), "");
        return Reply.of(node);
    }

    /** Deletes a file or a folder. */
    public Reply delete(ArtifactPath full, Access access) throws IOException {
        Place place = changeable(full, access);
        if (artifacts.delete(place.run().id(), place.path()) == 0) {
            throw MlflowException.missing("No such artifact: '" + place.path() + "' of the run "
                    + place.run().id());
        }
        return Reply.empty();
    }
}
