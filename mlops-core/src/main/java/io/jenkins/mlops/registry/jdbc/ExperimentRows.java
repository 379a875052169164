package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.Experiment;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes experiments. */
final class ExperimentRows {
    private ExperimentRows() {}

    static Experiment insert(Transaction tx, String name, Map<String, String> tags, long now) throws SQLException {
        long id = tx.insert(
                "INSERT INTO mlops_experiment (name, search_name, created_millis, deleted) VALUES (?, ?, ?, FALSE)",
                name,
                name.toLowerCase(Locale.ROOT),
                now);
        List<Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> rows.add(new Object[] {id, key, value}));
        tx.batch("INSERT INTO mlops_experiment_tag (experiment_id, tag_key, tag_value) VALUES (?, ?, ?)", rows);
        return new Experiment(String.valueOf(id), name, now, tags, false);
    }

    static Optional<Experiment> byName(Sql sql, String name) throws SQLException {
        return list(sql, "WHERE name = ?", name).stream().findFirst();
    }

    static Experiment require(Sql sql, String id) throws SQLException {
        return list(sql, "WHERE id = ?", number(id)).stream()
                .findFirst()
                .orElseThrow(() -> new RegistryException.NotFound("There is no experiment with the id " + id));
    }

    /** The row's id; -1, which no row has, for what is no number. */
    static long number(String id) {
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
    }

    static Page<Experiment> page(Sql sql, @CheckForNull String search, Page.Request page) throws SQLException {
        List<Experiment> found = list(
                sql,
                "WHERE search_name LIKE ? ESCAPE '!' AND id > ? ORDER BY id LIMIT ?",
                ModelRows.containing(search == null ? "" : search),
                Paging.number(page.token(), -1),
                page.limit() + 1);
        return Paging.of(found, page.limit(), Experiment::id);
    }

    private static List<Experiment> list(Sql sql, String where, Object... values) throws SQLException {
        record Row(long id, String name, long created, boolean deleted) {}
        List<Row> rows = sql.list(
                "SELECT id, name, created_millis, deleted FROM mlops_experiment " + where,
                row -> new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getBoolean(4)),
                values);
        Map<Long, Map<String, String>> tags = new HashMap<>();
        if (!rows.isEmpty()) {
            Object[] ids = rows.stream().map(Row::id).toArray();
            sql.list(
                    "SELECT experiment_id, tag_key, tag_value FROM mlops_experiment_tag WHERE experiment_id IN ("
                            + Sql.marks(ids.length) + ")",
                    row -> tags.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getString(2), row.getString(3)),
                    ids);
        }
        return rows.stream()
                .map(row -> new Experiment(
                        String.valueOf(row.id()),
                        row.name(),
                        row.created(),
                        tags.getOrDefault(row.id(), Map.of()),
                        row.deleted()))
                .toList();
    }
}
