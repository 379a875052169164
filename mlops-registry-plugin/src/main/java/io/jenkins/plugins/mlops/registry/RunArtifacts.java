package io.jenkins.plugins.mlops.registry;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.mlflow.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The artifacts that MLflow's clients log to runs: in {@code JENKINS_HOME/mlops/artifacts}. */
public final class RunArtifacts {
    private static final Logger LOGGER = Logger.getLogger(RunArtifacts.class.getName());

    private RunArtifacts() {}

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("mlops").resolve("artifacts");
    }

    /** The store; made anew, it holds nothing but its place. */
    public static ArtifactStore store() {
        return new ArtifactStore(folder(), RegistryConnection.get().tracking());
    }

    /** Whether a version's files are a run's artifacts. */
    static boolean has(ModelVersion version) {
        String source = version.source();
        return source != null && source.startsWith("mlflow-artifacts:");
    }

    /** The folder or the file that a version was registered from. */
    static Path model(ModelVersion version) {
        ModelSource source = ModelSource.parse(String.valueOf(version.source()));
        Path path = store().folder(source.ownerId());
        for (String part : source.path().parts()) {
            path = path.resolve(part);
        }
        return path;
    }

    /** The folder with a version's files, whose paths begin there. */
    static Path files(ModelVersion version) {
        Path model = model(version);
        Path parent = model.getParent();
        return parent != null && Files.isRegularFile(model) ? parent : model;
    }

    /** Deletes what unfinished uploads left, before there are new ones. */
    @Initializer(before = InitMilestone.SYSTEM_CONFIG_LOADED)
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void clean() {
        try {
            ArtifactStore.clean(folder());
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Unfinished uploads of artifacts can't be deleted", x);
        }
    }
}
