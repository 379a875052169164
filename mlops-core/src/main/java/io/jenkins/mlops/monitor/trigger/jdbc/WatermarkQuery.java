package io.jenkins.mlops.monitor.trigger.jdbc;

import io.jenkins.mlops.monitor.trigger.DataState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A query whose first row tells how far a table has come: its first column is the watermark, such as the newest time or
 * key, its second, if there is one, how many rows there are.
 *
 * <p>It runs in a transaction that may only read, is rolled back, and is given up after a time. The address is taken
 * apart and put together anew: a driver's other parameters name classes to load and files to write.
 *
 * @param host the database's host
 * @param port its port
 * @param database its name
 * @param sslMode {@code disable}, {@code prefer}, {@code require}, {@code verify-ca} or {@code verify-full}
 * @param sql the query
 * @param timeoutSeconds how long it may take, from 1 to 600
 */
public record WatermarkQuery(String host, int port, String database, String sslMode, String sql, int timeoutSeconds) {
    private static final Pattern URL =
            Pattern.compile("jdbc:postgresql://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::(\\d{1,5}))?/([A-Za-z0-9_.-]+)"
                    + "(?:\\?sslmode=(disable|prefer|require|verify-ca|verify-full))?");
    private static final int MAX_WATERMARK = 1_000;

    public WatermarkQuery {
        if (sql == null || sql.isBlank()) {
            throw new IllegalArgumentException("expected a query, found none");
        }
        if (sql.indexOf(';') >= 0) {
            throw new IllegalArgumentException("expected one query without ';', found '" + sql + "'");
        }
        if (timeoutSeconds < 1 || timeoutSeconds > 600) {
            throw new IllegalArgumentException("expected a time limit from 1 to 600 s, found " + timeoutSeconds);
        }
    }

    /**
     * A query at an address.
     *
     * @param url {@code jdbc:postgresql://host:port/database}, with {@code ?sslmode=...} at most
     * @throws IllegalArgumentException for any other address: of H2, too, whose addresses can run code
     */
    public static WatermarkQuery of(String url, String sql, int timeoutSeconds) {
        Matcher parts = URL.matcher(url == null ? "" : url.trim());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "expected jdbc:postgresql://host:port/database, with ?sslmode=... at most,"
                            + " found another address");
        }
        return new WatermarkQuery(
                parts.group(1),
                parts.group(2) == null ? 5432 : Integer.parseInt(parts.group(2)),
                parts.group(3),
                parts.group(4) == null ? "prefer" : parts.group(4),
                sql,
                timeoutSeconds);
    }

    /**
     * Asks the database.
     *
     * @throws IOException saying what the database said, without the password
     */
    public DataState look(String user, String password) throws IOException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setSslMode(sslMode);
        source.setConnectTimeout(Math.min(30, timeoutSeconds));
        source.setLoginTimeout(Math.min(30, timeoutSeconds));
        source.setSocketTimeout(timeoutSeconds + 10);
        source.setReadOnly(true);
        source.setReadOnlyMode("always");
        source.setApplicationName("Jenkins MLOps data trigger");
        source.setOptions("-c statement_timeout=" + timeoutSeconds + "s -c default_transaction_read_only=on");
        try (Connection connection = source.getConnection(user, password)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (Statement statement = connection.createStatement()) {
                statement.setMaxRows(1);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    return state(rows);
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException x) {
            throw new IOException("the query at " + host + ":" + port + "/" + database + " failed: " + said(x), x);
        }
    }

    private static DataState state(ResultSet rows) throws SQLException {
        boolean any = rows.next();
        String mark = any ? rows.getString(1) : null;
        long count = -1;
        if (any && rows.getMetaData().getColumnCount() > 1) {
            count = Math.max(-1, rows.getLong(2));
        }
        String text = mark == null ? "none" : mark;
        if (text.length() > MAX_WATERMARK) {
            throw new SQLException("a watermark has at most " + MAX_WATERMARK + " characters, found " + text.length());
        }
        return new DataState("watermark:" + text, -1, -1, count, "");
    }

    private static String said(SQLException x) {
        String text = String.valueOf(x.getMessage()).replaceAll("\\p{C}+", " ");
        return text.length() > 500 ? text.substring(0, 500) : text;
    }
}
