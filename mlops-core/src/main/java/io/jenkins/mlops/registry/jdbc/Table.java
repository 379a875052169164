package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table as the database describes it: its columns, and the order of its rows.
 *
 * @param name the name without the prefix that all tables have
 * @param columns the columns, in the table's order
 * @param key the columns of the primary key
 * @param isNumbered whether the database numbers its rows, in the column {@code id}
 */
record Table(String name, List<Column> columns, List<String> key, boolean isNumbered) {
    private static final String PREFIX = "mlops_";

    /**
     * Tables of no use elsewhere: the schema's own history, the tokens of runs, which end with their builds, and what is
     * made anew from other tables.
     */
    private static final Set<String> LEFT_OUT =
            Set.of(SchemaVersions.HISTORY, "mlops_run_token", "mlops_model_metric", "mlops_version_text");

    /** How a column's values are written as JSON. */
    enum Kind {
        WHOLE,
        NUMBER,
        FLAG,
        TEXT,
        BYTES
    }

    /**
     * A column.
     *
     * @param type its number in {@link Types}
     */
    record Column(String name, int type, Kind kind) {
        /** The present row's value as JSON has it; null for NULL. */
        @CheckForNull
        Object read(ResultSet row, int position) throws SQLException {
            Object value =
                    switch (kind) {
                        case WHOLE -> row.getLong(position);
                        case NUMBER -> row.getDouble(position);
                        case FLAG -> row.getBoolean(position);
                        case TEXT -> row.getString(position);
                        case BYTES -> {
                            byte[] bytes = row.getBytes(position);
                            yield bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
                        }
                    };
            return row.wasNull() ? null : value;
        }

        /** Whether a JSON value can stand in the column, as far as its type goes. */
        boolean takes(JsonNode value) {
            return switch (kind) {
                case WHOLE -> value.isIntegralNumber() && value.canConvertToLong();
                case NUMBER ->
                    value.isNumber() || Set.of("NaN", "Infinity", "-Infinity").contains(value.asText());
                case FLAG -> value.isBoolean();
                case TEXT, BYTES -> value.isTextual();
            };
        }

        void bind(PreparedStatement statement, int position, @CheckForNull JsonNode value) throws SQLException {
            if (value == null) {
                statement.setNull(position, type);
                return;
            }
            switch (kind) {
                case WHOLE -> statement.setLong(position, value.asLong());
                case NUMBER ->
                    statement.setDouble(
                            position, value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble());
                case FLAG -> statement.setBoolean(position, value.asBoolean());
                case TEXT -> statement.setString(position, value.asText());
                case BYTES -> statement.setBytes(position, Base64.getDecoder().decode(value.asText()));
            }
        }
    }

    /** The tables of the connection's schema, each after those that it refers to. */
    static List<Table> all(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'")) {
            statement.setString(1, connection.getSchema());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    if (name.startsWith(PREFIX) && !LEFT_OUT.contains(name)) {
                        names.add(name);
                    }
                }
            }
        }
        List<Table> ordered = new ArrayList<>();
        Set<String> done = new TreeSet<>();
        for (String name : names) {
            add(connection, name, names, done, ordered);
        }
        return ordered;
    }

    private static void add(
            Connection connection, String name, Set<String> names, Set<String> done, List<Table> ordered)
            throws SQLException {
        if (!done.add(name)) {
            return;
        }
        Set<String> referred = new TreeSet<>();
        DatabaseMetaData description = connection.getMetaData();
        try (ResultSet keys = description.getImportedKeys(connection.getCatalog(), connection.getSchema(), name)) {
            while (keys.next()) {
                referred.add(keys.getString("PKTABLE_NAME"));
            }
        }
        for (String before : referred) {
            if (names.contains(before)) {
                add(connection, before, names, done, ordered);
            }
        }
        ordered.add(of(connection, name));
    }

    private static Table of(Connection connection, String name) throws SQLException {
        List<Column> columns = new ArrayList<>();
        boolean numbered = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + name + " WHERE 1 = 0")) {
            ResultSetMetaData described = rows.getMetaData();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                int type = described.getColumnType(i);
                numbered |= described.isAutoIncrement(i);
                columns.add(new Column(described.getColumnName(i), type, kind(type, name)));
            }
        }
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet keys =
                connection.getMetaData().getPrimaryKeys(connection.getCatalog(), connection.getSchema(), name)) {
            while (keys.next()) {
                key.put(keys.getInt("KEY_SEQ"), keys.getString("COLUMN_NAME"));
            }
        }
        return new Table(name.substring(PREFIX.length()), columns, new ArrayList<>(key.values()), numbered);
    }

    private static Kind kind(int type, String table) {
        return switch (type) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Kind.WHOLE;
            case Types.DOUBLE, Types.FLOAT, Types.REAL -> Kind.NUMBER;
            case Types.BOOLEAN, Types.BIT -> Kind.FLAG;
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> Kind.TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
            default ->
                throw new IllegalStateException("The table " + table + " has a column of the type " + type
                        + ", which nobody taught to write as JSON");
        };
    }

    /** The name in the database. */
    String sqlName() {
        return PREFIX + name;
    }

    /** All rows, by the primary key. */
    String select() {
        return "SELECT " + names() + " FROM " + sqlName() + " ORDER BY " + String.join(", ", key);
    }

    String insert() {
        return "INSERT INTO " + sqlName() + " (" + names() + ") VALUES (" + Sql.marks(columns.size()) + ")";
    }

    /** Without the columns that a row of an older version lacks: those take the defaults that brought them. */
    Table only(Set<String> present) {
        return new Table(
                name,
                columns.stream()
                        .filter(column -> present.contains(column.name()))
                        .toList(),
                key,
                isNumbered);
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** The present row, without the columns that are NULL. */
    Map<String, Object> read(ResultSet row) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = columns.get(i).read(row, i + 1);
            if (value != null) {
                values.put(columns.get(i).name(), value);
            }
        }
        return values;
    }
}
