package io.jenkins.mlops.registry.jdbc;

import java.nio.file.Path;

class EmbeddedListedReadsTest extends ListedReadsContract {
    @Override
    RegistryDatabase openEmpty(Path directory) {
        return RegistryDatabase.openEmbedded(directory);
    }
}
