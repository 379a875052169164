package io.jenkins.mlops.registry.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that counts: each query that is sent through it is run a second time under the database's own {@code
 * EXPLAIN ANALYZE}, which says how many rows and index entries it went through.
 */
final class CountedReads {
    private static final Pattern H2 = Pattern.compile("scanCount: (\\d+)");
    private static final Pattern POSTGRES = Pattern.compile(
            "(?:Scan|Rows Removed by (?:Index Recheck|Filter)).*?(?:actual.*? rows=(\\d+) loops=(\\d+)|: (\\d+))");

    private final Connection connection;
    private final boolean postgres;
    private final List<String> plans = new ArrayList<>();
    private int statements;
    private long rows;

    private CountedReads(Connection connection) throws SQLException {
        this.connection = connection;
        this.postgres = connection.getMetaData().getDatabaseProductName().contains("PostgreSQL");
    }

    /** What reading took. */
    record Taken(int statements, long rows, List<String> plans) {}

    /** Reads on a connection of a database, and counts. */
    static <T> Taken of(RegistryDatabase database, RegistryDatabase.Reading<T> reading) throws SQLException {
        try (Connection connection = database.connect()) {
            CountedReads counted = new CountedReads(connection);
            try (Sql sql = new Sql((Connection) counted.proxy(Connection.class, counted::onConnection))) {
                reading.run(sql);
            }
            return new Taken(counted.statements, counted.rows, counted.plans);
        }
    }

    private Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object onConnection(Object self, Method method, Object[] arguments) throws Throwable {
        Object result = call(connection, method, arguments);
        if (!method.getName().equals("prepareStatement")) {
            return result;
        }
        String text = (String) arguments[0];
        Map<Integer, Object> bound = new TreeMap<>();
        return proxy(PreparedStatement.class, (statement, called, values) -> {
            if (called.getName().startsWith("set")) {
                bound.put((Integer) values[0], values[1]);
            } else if (called.getName().equals("executeQuery")) {
                statements++;
                explain(text, bound);
            }
            return call(result, called, values);
        });
    }

    private void explain(String text, Map<Integer, Object> bound) throws SQLException {
        StringBuilder plan = new StringBuilder(text).append(' ').append(bound.values());
        long before = rows;
        try (PreparedStatement explained = connection.prepareStatement(
                (postgres ? "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " : "EXPLAIN ANALYZE ") + text)) {
            for (Map.Entry<Integer, Object> value : bound.entrySet()) {
                explained.setObject(value.getKey(), value.getValue());
            }
            try (ResultSet lines = explained.executeQuery()) {
                while (lines.next()) {
                    plan.append('\n').append(lines.getString(1));
                    count(lines.getString(1));
                }
            }
        }
        plans.add((rows - before) + ": " + plan);
    }

    private void count(String line) {
        Matcher matcher = (postgres ? POSTGRES : H2).matcher(line);
        while (matcher.find()) {
            if (!postgres) {
                rows += Long.parseLong(matcher.group(1));
            } else if (matcher.group(1) == null) {
                rows += Long.parseLong(matcher.group(3));
            } else {
                rows += Long.parseLong(matcher.group(1)) * Long.parseLong(matcher.group(2));
            }
        }
    }
}
