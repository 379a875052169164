package io.jenkins.plugins.mlops.registry;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.mlflow.RemoteImport;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/** The files of versions that were imported from an MLflow server: in {@code JENKINS_HOME/mlops/imported}. */
public final class ImportedFiles {
    private ImportedFiles() {}

    /** The folder that they are below. */
    public static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("mlops").resolve("imported");
    }

    /** Whether a version was imported. */
    static boolean has(ModelVersion version) {
        String source = version.source();
        return source != null && source.matches(RemoteImport.SCHEME + "[0-9a-f]{32}");
    }

    /** The folder with an imported version's files. */
    static Path files(ModelVersion version) {
        return folder().resolve(String.valueOf(version.source()).substring(RemoteImport.SCHEME.length()));
    }
}
