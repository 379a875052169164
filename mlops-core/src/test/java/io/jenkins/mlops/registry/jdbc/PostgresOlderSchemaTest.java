package io.jenkins.mlops.registry.jdbc;

import javax.sql.DataSource;

class PostgresOlderSchemaTest extends OlderSchemaContract {
    @Override
    DataSource empty() throws Exception {
        return PostgresServer.empty();
    }

    @Override
    RegistryDatabase open() {
        return PostgresServer.open();
    }
}
