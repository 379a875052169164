package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements on one connection, with the values bound by position; used by one thread at a time. */
@SuppressFBWarnings(
        value = "OBL_UNSATISFIED_OBLIGATION_EXCEPTION_EDGE",
        justification = "Statements are kept to be used again; close() or their connection's end closes them")
public class Sql implements AutoCloseable {
    private static final int KEPT_STATEMENTS = 100;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true);

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Turns the present row of a result into a value. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    Connection connection() {
        return connection;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql, values);
        List<T> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(row.read(result));
            }
        }
        return rows;
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql, values);
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.ofNullable(row.read(result)) : Optional.empty();
        }
    }

    /** Runs a change. @return how many rows it touched */
    public int update(String sql, Object... values) throws SQLException {
        return prepare(sql, values).executeUpdate();
    }

    /** Runs one change for each array of values, in one go. */
    public void batch(String sql, Collection<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepared(sql);
        for (Object[] values : rows) {
            bind(statement, values);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    /** Inserts a row into a table with an {@code id} column. @return the new id */
    public long insert(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = keep(sql, connection.prepareStatement(sql, new String[] {"id"}));
        }
        bind(statement, values);
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }

    /** {@code ?, ?, ?}: as many as there are values. */
    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, values);
        return statement;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        return statement != null ? statement : keep(sql, connection.prepareStatement(sql));
    }

    private PreparedStatement keep(String sql, PreparedStatement statement) throws SQLException {
        if (statements.size() >= KEPT_STATEMENTS) {
            String eldest = statements.keySet().iterator().next();
            statements.remove(eldest).close();
        }
        statements.put(sql, statement);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
    }

    private static void bind(PreparedStatement statement, int position, @CheckForNull Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(position, Types.NULL);
        } else if (value instanceof Enum<?> constant) {
            statement.setString(position, constant.name());
        } else if (value instanceof NullDouble number) {
            number.bind(statement, position);
        } else {
            statement.setObject(position, value);
        }
    }

    /** A metric's value as the tables that are searched keep it: NaN is NULL. */
    record NullDouble(double value) {
        void bind(PreparedStatement statement, int position) throws SQLException {
            if (Double.isNaN(value)) {
                statement.setNull(position, Types.DOUBLE);
            } else {
                statement.setDouble(position, value);
            }
        }

        static double read(ResultSet row, String column) throws SQLException {
            double value = row.getDouble(column);
            return row.wasNull() ? Double.NaN : value;
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
