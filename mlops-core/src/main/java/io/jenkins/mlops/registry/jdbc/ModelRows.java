package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.search.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes models, their tags and aliases. */
final class ModelRows {
    private static final String UPDATED = "(SELECT MAX(l.millis) FROM mlops_ledger l WHERE l.model = o.name)";
    private static final SearchSql.Target MODELS = new SearchSql.Target(
            "registered model",
            "o.id",
            Map.of("name", "o.name"),
            Map.of("creation_timestamp", "o.created_millis", "last_updated_timestamp", UPDATED),
            "mlops_model_tag",
            "model_id",
            false);

    private ModelRows() {}

    /** A model's row, as far as changes need it. */
    record Head(long id, String name, int lastNumber) {}

    static Optional<Head> find(Sql sql, String model) throws SQLException {
        return sql.first(
                "SELECT id, name, last_number FROM mlops_model WHERE name = ? AND deleted = FALSE",
                row -> new Head(row.getLong(1), row.getString(2), row.getInt(3)),
                ModelName.check(model));
    }

    static Head require(Sql sql, String model) throws SQLException {
        Optional<Head> found = find(sql, model);
        if (found.isEmpty()) {
            throw new RegistryException.NotFound(
                    "There is no registered model '" + model + "'; the names are case-sensitive");
        }
        return found.get();
    }

    /** The model's row, made when it isn't there. */
    static Head ensure(Transaction tx, String model, String description, String actor, long now) throws SQLException {
        String name = ModelName.check(model);
        Optional<Head> found = find(tx, name);
        if (found.isPresent()) {
            return found.get();
        }
        Optional<Head> deleted = tx.first(
                "SELECT id, name, last_number FROM mlops_model WHERE name = ?",
                row -> new Head(row.getLong(1), row.getString(2), row.getInt(3)),
                name);
        if (deleted.isPresent()) {
            tx.update(
                    "UPDATE mlops_model SET deleted = FALSE, description = ? WHERE id = ?",
                    description,
                    deleted.get().id());
            tx.ledger("model.created", name, actor, now, Map.of("description", description));
            return deleted.get();
        }
        long id = tx.insert(
                "INSERT INTO mlops_model (name, search_name, description, created_millis, last_number)"
                        + " VALUES (?, ?, ?, ?, 0)",
                name,
                name.toLowerCase(Locale.ROOT),
                description,
                now);
        tx.ledger("model.created", name, actor, now, Map.of("description", description));
        return new Head(id, name, 0);
    }

    static RegisteredModel read(Sql sql, String model) throws SQLException {
        Head head = require(sql, model);
        return models(sql, "WHERE o.id = ?", head.id()).get(0);
    }

    static Page<RegisteredModel> page(Sql sql, @CheckForNull String search, Page.Request page) throws SQLException {
        StringBuilder where = new StringBuilder("WHERE deleted = FALSE");
        List<Object> values = new ArrayList<>();
        if (search != null && !search.isBlank()) {
            where.append(" AND search_name LIKE ? ESCAPE '!'");
            values.add(containing(search));
        }
        if (page.token() != null) {
            where.append(" AND name > ?");
            values.add(page.token());
        }
        where.append(" ORDER BY name LIMIT ?");
        values.add(page.limit() + 1);
        List<RegisteredModel> found = models(sql, where.toString(), values.toArray());
        return Paging.of(found, page.limit(), RegisteredModel::name);
    }

    static Page<RegisteredModel> search(Sql sql, Query query, Page.Request page) throws SQLException {
        SearchSql search = new SearchSql(MODELS, "o.deleted = FALSE");
        query.conditions().forEach(search::condition);
        query.order().forEach(search::order);
        long offset = Paging.number(page.token(), 0);
        List<RegisteredModel> found = models(
                sql,
                search.joinsAndWhere() + " ORDER BY " + search.order() + "o.name LIMIT ? OFFSET ?",
                search.values(page.limit() + 1, offset));
        return Paging.of(found, page.limit(), last -> String.valueOf(offset + page.limit()));
    }

    /** A LIKE pattern (escape {@code !}) for lower-case names that contain a text. */
    static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    private static List<RegisteredModel> models(Sql sql, String where, Object... values) throws SQLException {
        record Row(long id, String name, String description, long created, int last) {}
        List<Row> rows = sql.list(
                "SELECT o.id, o.name, o.description, o.created_millis, o.last_number FROM mlops_model o " + where,
                row -> new Row(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getInt(5)),
                values);
        Map<Long, Map<String, Integer>> aliases = new HashMap<>();
        Map<Long, Map<String, String>> tags = new HashMap<>();
        if (!rows.isEmpty()) {
            Object[] ids = rows.stream().map(Row::id).toArray();
            String in = " WHERE model_id IN (" + Sql.marks(ids.length) + ")";
            sql.list(
                    "SELECT model_id, alias, number FROM mlops_alias" + in,
                    row -> aliases.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getString(2), row.getInt(3)),
                    ids);
            sql.list(
                    "SELECT model_id, tag_key, tag_value FROM mlops_model_tag" + in,
                    row -> tags.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getString(2), row.getString(3)),
                    ids);
        }
        return rows.stream()
                .map(row -> new RegisteredModel(
                        row.name(),
                        row.description(),
                        row.created(),
                        row.last(),
                        aliases.getOrDefault(row.id(), Map.of()),
                        tags.getOrDefault(row.id(), Map.of())))
                .toList();
    }
}
