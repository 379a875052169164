package io.jenkins.mlops.registry.jdbc;

class PostgresServedTest extends ServedContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
