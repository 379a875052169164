package io.jenkins.mlops.registry.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFeedbackTest extends FeedbackContract {
    @TempDir
    Path directory;

    @Override
    RegistryDatabase openEmpty() {
        return RegistryDatabase.openEmbedded(directory);
    }
}
