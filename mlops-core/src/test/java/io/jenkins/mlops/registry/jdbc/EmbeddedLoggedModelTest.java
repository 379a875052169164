package io.jenkins.mlops.registry.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLoggedModelTest extends LoggedModelContract {
    @TempDir
    Path home;

    @Override
    RegistryDatabase openEmpty() {
        return RegistryDatabase.openEmbedded(home);
    }
}
