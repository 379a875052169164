package io.jenkins.mlops.registry.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;

/**
 * One PostgreSQL server for all tests of this JVM, on a free loopback port.
 *
 * <p>PostgreSQL refuses to run as root; the binaries' launcher then enters a user namespace. Where neither works, or
 * there are no binaries for this machine, the tests are skipped with the reason.
 */
final class PostgresServer {
    private static EmbeddedPostgres server;
    private static String failure;

    private PostgresServer() {}

    private static synchronized EmbeddedPostgres start() {
        if (server == null && failure == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setConnectConfig("connectTimeout", "20")
                        // The tests kill no server; what they check doesn't need the disk.
                        .setServerConfig("fsync", "off")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        System.err.println("PostgreSQL did not stop: " + e);
                    }
                }));
            } catch (IOException | RuntimeException e) {
                failure = e.toString();
            }
        }
        Assumptions.assumeTrue(server != null, "PostgreSQL could not be started here: " + failure);
        return server;
    }

    /** The database, emptied. */
    static DataSource empty() throws SQLException {
        DataSource database = start().getPostgresDatabase();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
        }
        return database;
    }

    /** A registry in the database, emptied. */
    static RegistryDatabase openEmpty() throws SQLException {
        empty();
        return open();
    }

    static RegistryDatabase open() {
        return RegistryDatabase.openPostgres(url(), "postgres", null);
    }

    static String url() {
        return "jdbc:postgresql://localhost:" + start().getPort() + "/postgres";
    }

    static Connection connect() throws SQLException {
        return start().getPostgresDatabase().getConnection();
    }
}
