package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import java.io.IOException;
import java.io.InputStream;

/** Opens the files of versions where they are archived. */
@FunctionalInterface
public interface VersionContent {
    /**
     * @throws java.nio.file.NoSuchFileException when they are gone for good
     * @throws IOException when they can't be read at present
     */
    InputStream open(ModelVersion version, VersionFile file) throws IOException;
}
