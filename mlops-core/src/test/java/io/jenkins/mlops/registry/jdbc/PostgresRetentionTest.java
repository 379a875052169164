package io.jenkins.mlops.registry.jdbc;

class PostgresRetentionTest extends RetentionContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
