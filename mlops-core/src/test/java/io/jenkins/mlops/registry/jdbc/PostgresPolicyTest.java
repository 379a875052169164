package io.jenkins.mlops.registry.jdbc;

class PostgresPolicyTest extends PolicyContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
