package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.search.Operator;
import io.jenkins.mlops.search.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Searches the versions of all models: first for ids along an index, then for the rows of those that are shown. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class VersionSearch {
    /** So many versions with a tag are looked up one by one; of more, a page is full before many are passed over. */
    private static final int FEW = 1_000;

    private static final SearchSql.Target VERSIONS = new SearchSql.Target(
            "model version",
            "v.id",
            Map.of("name", "m.name", "run_id", "v.run_id", "source_path", "v.source"),
            Map.of(
                    "version_number", "v.number",
                    "creation_timestamp", "v.created_millis",
                    "last_updated_timestamp", "v.created_millis"),
            "mlops_version_tag",
            "version_id",
            true);

    private final Sql sql;
    private final VersionQuery query;
    private final boolean byMetric;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private VersionSearch(Sql sql, VersionQuery query) {
        this.sql = sql;
        this.query = query;
        this.byMetric = query.metric() != null;
    }

    static Page<ModelVersion> search(Sql sql, VersionQuery query, Page.Request page) throws SQLException {
        return new VersionSearch(sql, query).page(page);
    }

    private record Found(long id, double value) {}

    private Page<ModelVersion> page(Page.Request page) throws SQLException {
        where.append(byMetric ? " WHERE x.metric_id = ? AND x.listed = TRUE" : " WHERE v.status <> 'DELETED'");
        if (byMetric) {
            values.add(ListedVersions.metricId(sql, query.metric()));
        }
        if (query.model() != null) {
            Optional<ModelRows.Head> head = ModelRows.find(sql, query.model());
            if (head.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            and(byMetric ? "x.model_id = ?" : "v.model_id = ?", head.get().id());
        }
        if (query.runId() != null) {
            and(
                    byMetric ? "x.version_id IN (SELECT w.id FROM mlops_version w WHERE w.run_id = ?)" : "v.run_id = ?",
                    query.runId());
        }
        String job = query.job();
        if (job != null) {
            Optional<Long> id = sql.first(
                    "SELECT id FROM mlops_job WHERE name_hash = ?", row -> row.getLong(1), Ledger.sha256(job));
            if (id.isEmpty()) {
                return new Page<>(List.of(), null);
            }
            and(byMetric ? "x.job_id = ?" : "v.job_id = ?", id.get());
        }
        for (Map.Entry<String, String> tag : query.tags().entrySet()) {
            tagged(tag.getKey(), tag.getValue());
        }
        String order = byMetric ? orderByMetric(page) : orderById(page);
        values.add(page.limit() + 1);
        List<Found> found = sql.list(
                (byMetric
                                ? "SELECT x.version_id, x.metric_value FROM mlops_version_metric x"
                                : "SELECT v.id, 0 FROM mlops_version v")
                        + where + order + " LIMIT ?",
                row -> new Found(row.getLong(1), row.getDouble(2)),
                values.toArray());
        boolean more = found.size() > page.limit();
        List<Found> shown = more ? found.subList(0, page.limit()) : found;
        Found last = more ? shown.get(page.limit() - 1) : null;
        String next = last == null ? null : byMetric ? last.value() + ":" + last.id() : String.valueOf(last.id());
        return new Page<>(versions(sql, shown.stream().map(Found::id).toList()), next);
    }

    private void and(String condition, Object... bound) {
        where.append(" AND ").append(condition);
        values.addAll(List.of(bound));
    }

    private void tagged(String key, String value) throws SQLException {
        String id = byMetric ? "x.version_id" : "v.id";
        String hash = Ledger.sha256(value);
        List<Long> few = sql.list(
                "SELECT t.version_id FROM mlops_version_tag t WHERE t.tag_key = ? AND t.value_hash = ? LIMIT ?",
                row -> row.getLong(1),
                key,
                hash,
                FEW + 1);
        if (few.isEmpty()) {
            and("1 = 0");
        } else if (few.size() <= FEW) {
            and(id + few.stream().map(String::valueOf).collect(Collectors.joining(", ", " IN (", ")")));
        } else {
            and(
                    "EXISTS (SELECT 1 FROM mlops_version_tag t WHERE t.tag_key = ? AND t.value_hash = ?"
                            + " AND t.version_id = " + id + ")",
                    key,
                    hash);
        }
    }

    private String orderById(Page.Request page) {
        if (page.token() != null) {
            and("v.id < ?", Paging.number(page.token(), Long.MAX_VALUE));
        }
        return " ORDER BY " + (query.model() == null ? "" : "v.model_id DESC, ") + "v.id DESC";
    }

    private String orderByMetric(Page.Request page) {
        if (query.atLeast() != null) {
            and("x.metric_value >= ?", query.atLeast());
        }
        if (query.atMost() != null) {
            and("x.metric_value <= ?", query.atMost());
        }
        String token = page.token();
        if (token != null) {
            int colon = token.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("Not a page token of this list: " + token);
            }
            double value = Double.parseDouble(token.substring(0, colon));
            String than = query.descending() ? "<" : ">";
            and(
                    "x.metric_value " + than + "= ? AND (x.metric_value " + than + " ? OR x.version_id " + than + " ?)",
                    value,
                    value,
                    Paging.number(token.substring(colon + 1), 0));
        }
        // All columns of the index, so that the first rows are read from it instead of sorting them all.
        String direction = query.descending() ? " DESC" : "";
        return " ORDER BY " + (query.model() == null ? "" : "x.model_id" + direction + ", ") + "x.metric_id" + direction
                + ", x.listed" + direction + ", x.metric_value" + direction + ", x.version_id" + direction;
    }

    private static List<ModelVersion> versions(Sql sql, List<Long> ids) throws SQLException {
        Map<Long, ModelVersion> versions = VersionRows.byId(sql, ids);
        return ids.stream().map(versions::get).toList();
    }

    /** A search in MLflow's grammar. */
    static Page<ModelVersion> search(Sql sql, Query query, Page.Request page) throws SQLException {
        SearchSql search = new SearchSql(VERSIONS, "v.status <> 'DELETED'");
        boolean ofModel = false;
        for (Condition condition : query.conditions()) {
            if (condition.field() == Field.ATTRIBUTE
                    && condition.key().equals("name")
                    && condition.operator() == Operator.EQ) {
                long model = sql.first(
                                "SELECT id FROM mlops_model WHERE name = ?", row -> row.getLong(1), condition.value())
                        .orElse(-1L);
                search.and("v.model_id = ?", model);
                ofModel = true;
            } else {
                search.condition(condition);
            }
        }
        query.order().forEach(search::order);
        String conditions = search.joinsAndWhere();
        String order = (ofModel && query.order().isEmpty() ? "v.model_id DESC, " : "") + search.order() + "v.id DESC";
        if (query.order().size() == 1
                && VERSIONS.numbers().containsKey(query.order().get(0).key())) {
            // The columns of an index in one direction, so that what comes before is not sorted.
            String direction = query.order().get(0).descending() ? " DESC" : "";
            order = (ofModel ? "v.model_id" + direction + ", " : "") + search.order() + "v.id" + direction;
        }
        boolean names = (conditions + order).contains("m.name");
        long offset = Paging.number(page.token(), 0);
        List<Long> found = sql.list(
                "SELECT v.id FROM mlops_version v" + (names ? " JOIN mlops_model m ON m.id = v.model_id " : " ")
                        + conditions + " ORDER BY " + order + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                search.values(page.limit() + 1, offset));
        Page<Long> ids = Paging.of(found, page.limit(), last -> String.valueOf(offset + page.limit()));
        return new Page<>(versions(sql, ids.items()), ids.nextToken());
    }
}
