package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Query;
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
    private static final SearchSql.Target EXPERIMENTS = new SearchSql.Target(
            "experiment",
            "e.id",
            Map.of("name", "e.name"),
            Map.of(
                    "experiment_id",
                    "e.id",
                    "creation_time",
                    "e.created_millis",
                    "last_update_time",
                    "e.updated_millis"),
            "mlops_experiment_tag",
            "experiment_id",
            false);

    private ExperimentRows() {}

    static Experiment insert(Transaction tx, String name, Map<String, String> tags, long now) throws SQLException {
        long id = tx.insert(
                "INSERT INTO mlops_experiment (name, search_name, created_millis, updated_millis, deleted)"
                        + " VALUES (?, ?, ?, ?, FALSE)",
                name,
                name.toLowerCase(Locale.ROOT),
                now,
                now);
        List<Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> rows.add(new Object[] {id, key, value}));
        tx.batch("INSERT INTO mlops_experiment_tag (experiment_id, tag_key, tag_value) VALUES (?, ?, ?)", rows);
        return new Experiment(String.valueOf(id), name, now, now, tags, false);
    }

    static Optional<Experiment> byName(Sql sql, String name) throws SQLException {
        return list(sql, "WHERE e.name = ?", name).stream().findFirst();
    }

    static Experiment require(Sql sql, String id) throws SQLException {
        return list(sql, "WHERE e.id = ?", number(id)).stream()
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
                "WHERE e.search_name LIKE ? ESCAPE '!' AND e.id > ? ORDER BY e.id LIMIT ?",
                ModelRows.containing(search == null ? "" : search),
                Paging.number(page.token(), -1),
                page.limit() + 1);
        return Paging.of(found, page.limit(), Experiment::id);
    }

    static Page<Experiment> search(Sql sql, Query query, Page.Request page) throws SQLException {
        SearchSql search = new SearchSql(EXPERIMENTS, RunSearch.lifecycle("e.deleted", query.lifecycle()));
        query.conditions().forEach(search::condition);
        query.order().forEach(search::order);
        long offset = Paging.number(page.token(), 0);
        List<Experiment> found = list(
                sql,
                search.joinsAndWhere() + " ORDER BY " + search.order() + "e.created_millis DESC, e.id LIMIT ? OFFSET ?",
                search.values(page.limit() + 1, offset));
        return Paging.of(found, page.limit(), last -> String.valueOf(offset + page.limit()));
    }

    static void touch(Transaction tx, long experiment, long now) throws SQLException {
        tx.update("UPDATE mlops_experiment SET updated_millis = ? WHERE id = ?", now, experiment);
    }

    static void rename(Transaction tx, long experiment, String name, long now) throws SQLException {
        tx.update(
                "UPDATE mlops_experiment SET name = ?, search_name = ?, updated_millis = ? WHERE id = ?",
                name,
                name.toLowerCase(Locale.ROOT),
                now,
                experiment);
    }

    /** Marks an experiment and its runs as deleted, or takes the marks away. */
    static void delete(Transaction tx, long experiment, boolean deleted, long now) throws SQLException {
        tx.update("UPDATE mlops_experiment SET deleted = ?, updated_millis = ? WHERE id = ?", deleted, now, experiment);
        tx.update("UPDATE mlops_run SET deleted = ? WHERE experiment_id = ?", deleted, experiment);
    }

    private static List<Experiment> list(Sql sql, String where, Object... values) throws SQLException {
        record Row(long id, String name, long created, long updated, boolean deleted) {}
        List<Row> rows = sql.list(
                "SELECT e.id, e.name, e.created_millis, e.updated_millis, e.deleted FROM mlops_experiment e " + where,
                row -> new Row(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getBoolean(5)),
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
                        row.updated(),
                        tags.getOrDefault(row.id(), Map.of()),
                        row.deleted()))
                .toList();
    }
}
