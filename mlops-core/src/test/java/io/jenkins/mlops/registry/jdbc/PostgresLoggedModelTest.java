package io.jenkins.mlops.registry.jdbc;

class PostgresLoggedModelTest extends LoggedModelContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
