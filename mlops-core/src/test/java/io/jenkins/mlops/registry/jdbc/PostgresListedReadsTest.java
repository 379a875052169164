package io.jenkins.mlops.registry.jdbc;

import java.nio.file.Path;

class PostgresListedReadsTest extends ListedReadsContract {
    @Override
    RegistryDatabase openEmpty(Path directory) throws Exception {
        return PostgresServer.openEmpty();
    }
}
