package io.jenkins.mlops.registry.jdbc;

class PostgresRemoteStoreTest extends RemoteStoreContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
