package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.RegistryException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole registry as a file of JSON Lines: for a move to another database or controller, and to look into.
 *
 * <p>The first line says what the file is, the last that it is whole, and each one between is a row of a table:
 *
 * <pre>{"registry":{"format":1,"schema":60,"tables":[{"columns":["id","name",...],"name":"model"},...]}}
 * {"model":{"created_millis":1767225600000,"description":"","id":1,"last_number":3,"name":"churn",...}}
 * {"end":{"rows":1,"sha256":"..."}}</pre>
 *
 * {@code schema} is the number of the newest migration, {@code tables} names the tables in their order and the columns that their rows have; a column
 * that is NULL is left out of its row, bytes are in Base64, {@code sha256} is that of all bytes before the last line.
 * The rows come table by table, each table after those that it refers to, by their primary key: equal registries have
 * equal files. Models, versions, aliases and their history, policies, promotions with their decisions, evaluations,
 * deployments, the ledger, experiments and runs are all in it. Not in it: the tokens of runs, and files on disk (the
 * artifacts of builds and of runs).
 */
public final class RegistryFile {
    /** The format that is written, and the newest that is read. */
    public static final int FORMAT = 1;

    static final String HEAD = "registry";
    static final String END = "end";
    private static final int FETCHED = 500;

    private RegistryFile() {}

    /**
     * What a file holds.
     *
     * @param rows how many rows, all told
     * @param tables how many of each table, by its name
     * @param sha256 digest of all bytes before the last line, 64 hexadecimal digits
     */
    public record Content(long rows, Map<String, Long> tables, String sha256) {}

    /** Where bytes are counted and hashed on their way. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Writes the registry as it stands at one moment, row by row; changes that are made meanwhile are not in it.
     *
     * @param out is not closed
     * @throws IOException when the file can't be written
     */
    public static Content write(RegistryDatabase database, OutputStream out) throws IOException {
        try {
            return database.read(sql -> new Writing(out).all(sql.connection(), database.isEmbedded()));
        } catch (RegistryException e) {
            throw unfinished(e);
        }
    }

    /** What ended a work on the database early, when it was the file and not the database. */
    static RegistryException unfinished(RegistryException failure) throws IOException {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException file) {
                throw new IOException(cause.getMessage(), file);
            }
        }
        return failure;
    }

    /**
     * Reads a file from end to end and changes nothing.
     *
     * @throws IllegalArgumentException when it is damaged, cut off, changed, no export, or of a newer version; the
     *     message says where
     * @throws IOException when it can't be read
     */
    public static Content check(RegistryDatabase database, Path file) throws IOException {
        return new RegistryFileReader(database, file).check();
    }

    /**
     * Fills an empty registry from a file, in one transaction: all of it is there when the method returns, or nothing.
     *
     * <p>A registry is empty when it has never had a model, a build, a promotion or a run. The policies that
     * configuration as code has set may be there; the file's take their place.
     *
     * @throws IllegalArgumentException as {@link #check}; nothing was changed
     * @throws RegistryException.Conflict when the registry isn't empty; nothing was changed
     * @throws IOException when the file can't be read; nothing was changed
     */
    public static Content read(RegistryDatabase database, Path file) throws IOException {
        return new RegistryFileReader(database, file).load();
    }

    private static final class Writing {
        private final OutputStream out;
        private final MessageDigest digest = sha256();
        private final Map<String, Long> counts = new TreeMap<>();
        private long rows;

        Writing(OutputStream out) {
            this.out = new BufferedOutputStream(out, 64 << 10);
        }

        Content all(Connection connection, boolean embedded) throws SQLException {
            int isolation = connection.getTransactionIsolation();
            connection.setAutoCommit(false);
            // All tables as they stood when the first was read.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                lazily(connection, embedded, true);
                return tables(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                connection.rollback();
                lazily(connection, embedded, false);
                connection.rollback();
                connection.setTransactionIsolation(isolation);
                connection.setAutoCommit(true);
            }
        }

        /** H2 would put the whole result of a query aside before the first row is seen. */
        private static void lazily(Connection connection, boolean embedded, boolean lazy) throws SQLException {
            if (embedded) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET LAZY_QUERY_EXECUTION " + (lazy ? 1 : 0));
                }
            }
        }

        private Content tables(Connection connection) throws SQLException, IOException {
            List<Table> tables = Table.all(connection);
            List<Map<String, Object>> described = new ArrayList<>();
            for (Table table : tables) {
                List<String> columns =
                        table.columns().stream().map(Table.Column::name).toList();
                described.add(Map.of("name", table.name(), "columns", columns));
            }
            line(Map.of(HEAD, Map.of("format", FORMAT, "schema", SchemaVersions.NEWEST, "tables", described)));
            for (Table table : tables) {
                rows(connection, table);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            line(Map.of(END, Map.of("rows", rows, "sha256", sha256)));
            out.flush();
            return new Content(rows, counts, sha256);
        }

        private void rows(Connection connection, Table table) throws SQLException, IOException {
            long before = rows;
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCHED);
                try (ResultSet row = statement.executeQuery(table.select())) {
                    while (row.next()) {
                        line(Map.of(table.name(), table.read(row)));
                        rows++;
                    }
                }
            }
            counts.put(table.name(), rows - before);
        }

        private void line(Map<String, ?> value) throws IOException {
            byte[] bytes = (Json.write(value) + "\n").getBytes(StandardCharsets.UTF_8);
            digest.update(bytes);
            out.write(bytes);
        }
    }
}
