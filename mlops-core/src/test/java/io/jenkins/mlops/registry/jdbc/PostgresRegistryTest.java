package io.jenkins.mlops.registry.jdbc;

class PostgresRegistryTest extends RegistryContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
