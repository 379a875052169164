package io.jenkins.mlops.registry.jdbc;

class PostgresCatalogTest extends CatalogContract {
    @Override
    RegistryDatabase openEmpty() throws Exception {
        return PostgresServer.openEmpty();
    }
}
