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
    private static final String NAME = "registry";
    private static final String TEMPLATE = "migrated";

    private static EmbeddedPostgres server;
    private static String failure;
    private static boolean templateReady;

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
        return recreate("template1");
    }

    /** A registry in the database, emptied: a copy of one that was set up once. */
    static synchronized RegistryDatabase openEmpty() throws SQLException {
        if (!templateReady) {
            recreate("template1");
            open().close();
            administer("CREATE DATABASE " + TEMPLATE + " TEMPLATE " + NAME);
            templateReady = true;
        }
        recreate(TEMPLATE);
        return open();
    }

    private static DataSource recreate(String template) throws SQLException {
        administer(
                "DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)",
                // Copied as files: the next DROP would have to wait until pages that went through the log are written.
                "CREATE DATABASE " + NAME + " TEMPLATE " + template + " STRATEGY file_copy");
        return start().getDatabase("postgres", NAME);
    }

    private static void administer(String... statements) throws SQLException {
        try (Connection connection = start().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static RegistryDatabase open() {
        return RegistryDatabase.openPostgres(url(), "postgres", null);
    }

    static String url() {
        return "jdbc:postgresql://localhost:" + start().getPort() + "/" + NAME;
    }

    static Connection connect() throws SQLException {
        return start().getDatabase("postgres", NAME).getConnection();
    }
}
