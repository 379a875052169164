package io.jenkins.mlops.registry.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedOlderSchemaTest extends OlderSchemaContract {
    @TempDir
    Path directory;

    @Override
    DataSource empty() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + directory.resolve("registry") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        source.setUser("mlops");
        source.setPassword("");
        return source;
    }

    @Override
    RegistryDatabase open() {
        return RegistryDatabase.openEmbedded(directory);
    }
}
