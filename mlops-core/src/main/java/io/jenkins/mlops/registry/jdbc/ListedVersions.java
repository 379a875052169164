package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionListing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Cuts the list of a model's versions, for readers of all jobs or of some, along the indexes. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class ListedVersions {
    private static final int AT_ONCE = 1_000;

    private final Sql sql;
    private final VersionListing query;
    private final ModelRows.Head head;
    private final String visible;
    private final JobFilter jobs;
    private final String direction;

    private ListedVersions(Sql sql, VersionListing query, ModelRows.Head head) throws SQLException {
        this.sql = sql;
        this.query = query;
        this.head = head;
        this.jobs = JobFilter.of(sql, query.jobs());
        this.visible = " AND v.status <> 'DELETED'" + jobs.condition("v.job_id");
        this.direction = query.descending() ? " DESC" : "";
    }

    static Listing<ModelVersion> of(Sql sql, VersionListing query) throws SQLException {
        Optional<ModelRows.Head> head = ModelRows.find(sql, query.model());
        return head.isEmpty()
                ? new Listing<>(List.of(), 0, query.offset(), query.limit())
                : new ListedVersions(sql, query, head.get()).listing();
    }

    private Listing<ModelVersion> listing() throws SQLException {
        String search = query.search();
        long total;
        List<Long> ids;
        if (search == null || search.isBlank()) {
            total = sql.first(
                            "SELECT SUM(c.versions) FROM mlops_model_job c WHERE c.model_id = ?"
                                    + jobs.condition("c.job_id"),
                            row -> row.getLong(1),
                            head.id())
                    .orElse(0L);
            ids = query.metric() == null ? byNumber() : byMetric(metricId(sql, query.metric()));
        } else {
            List<Long> found = sorted(found(search.strip()));
            total = found.size();
            ids = found.subList(Math.min(query.offset(), found.size()), (int)
                    Math.min((long) query.offset() + query.limit(), found.size()));
        }
        Map<Long, ModelVersion> versions = VersionRows.byId(sql, ids);
        return new Listing<>(ids.stream().map(versions::get).toList(), total, query.offset(), query.limit());
    }

    static long metricId(Sql sql, String metric) throws SQLException {
        return sql.first("SELECT id FROM mlops_metric_name WHERE name = ?", row -> row.getLong(1), metric)
                .orElse(-1L);
    }

    private List<Long> byNumber() throws SQLException {
        return sql.list(
                "SELECT v.id FROM mlops_version v WHERE v.model_id = ?" + visible + " ORDER BY v.model_id" + direction
                        + ", v.number" + direction + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                head.id(),
                query.limit(),
                query.offset());
    }

    /** Those with a value along its index, then those without one, the newest first. */
    private List<Long> byMetric(long metric) throws SQLException {
        List<Long> ids = new ArrayList<>(sql.list(
                "SELECT v.id FROM mlops_version_metric x JOIN mlops_version v ON v.id = x.version_id"
                        + " WHERE x.model_id = ? AND x.metric_id = ? AND x.metric_value IS NOT NULL" + visible
                        + " ORDER BY x.model_id" + direction + ", x.metric_id" + direction + ", x.metric_value"
                        + direction + ", x.version_id" + direction + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                head.id(),
                metric,
                query.limit(),
                query.offset()));
        if (ids.size() < query.limit()) {
            long offset = ids.isEmpty() ? Math.max(0, query.offset() - valued(metric)) : 0;
            ids.addAll(sql.list(
                    "SELECT v.id FROM mlops_version v WHERE v.model_id = ?" + visible
                            + " AND NOT EXISTS (SELECT 1 FROM mlops_version_metric x WHERE x.version_id = v.id"
                            + " AND x.metric_id = ? AND x.metric_value IS NOT NULL)"
                            + " ORDER BY v.model_id DESC, v.number DESC LIMIT ? OFFSET ?",
                    row -> row.getLong(1),
                    head.id(),
                    metric,
                    query.limit() - ids.size(),
                    offset));
        }
        return ids;
    }

    private long valued(long metric) throws SQLException {
        return sql.first(
                        "SELECT COUNT(*) FROM mlops_version_metric x JOIN mlops_version v ON v.id = x.version_id"
                                + " WHERE x.model_id = ? AND x.metric_id = ? AND x.metric_value IS NOT NULL" + visible,
                        row -> row.getLong(1),
                        head.id(),
                        metric)
                .orElse(0L);
    }

    // Search

    /** The numbers and ids of what is searched for. */
    private Map<Integer, Long> found(String text) throws SQLException {
        Map<Integer, Long> found = new TreeMap<>();
        int before = head.lastNumber() - VersionListing.SEARCHED;
        String digest = text.toLowerCase(Locale.ROOT);
        String contained = ModelRows.containing(text);
        String beginning = ModelRows.containing(text).substring(1);
        String newest = " WHERE v.model_id = ? AND v.number > ?" + visible;
        find(
                found,
                "SELECT v.number, v.id FROM mlops_version v" + newest + " AND (LOWER(v.description) LIKE ? ESCAPE '!'"
                        + " OR LOWER(v.created_by) LIKE ? ESCAPE '!' OR v.digest LIKE ? ESCAPE '!'"
                        + " OR v.digest LIKE ? ESCAPE '!')",
                head.id(),
                before,
                contained,
                contained,
                beginning,
                "sha256:" + beginning);
        find(
                found,
                "SELECT v.number, v.id FROM mlops_version v JOIN mlops_version_tag t ON t.version_id = v.id" + newest
                        + " AND LOWER(t.tag_value) LIKE ? ESCAPE '!'",
                head.id(),
                before,
                contained);
        find(
                found,
                "SELECT v.number, v.id FROM mlops_version v WHERE v.model_id = ?" + visible + " AND v.digest IN (?, ?)",
                head.id(),
                digest,
                "sha256:" + digest);
        if (text.matches("[vV#]?\\d{1,9}")) {
            find(
                    found,
                    "SELECT v.number, v.id FROM mlops_version v WHERE v.model_id = ? AND v.number = ?" + visible,
                    head.id(),
                    Integer.valueOf(text.replaceFirst("^[vV#]", "")));
        }
        return found;
    }

    private void find(Map<Integer, Long> found, String statement, Object... values) throws SQLException {
        sql.list(statement, row -> found.put(row.getInt(1), row.getLong(2)), values);
    }

    private List<Long> sorted(Map<Integer, Long> found) throws SQLException {
        Comparator<Integer> byNumber = Comparator.naturalOrder();
        Comparator<Integer> order = query.descending() ? byNumber.reversed() : byNumber;
        if (query.metric() != null) {
            Map<Long, Double> values = values(metricId(sql, query.metric()), new ArrayList<>(found.values()));
            order = VersionListing.byMetric(number -> values.get(found.get(number)), query.descending());
        }
        return found.keySet().stream().sorted(order).map(found::get).toList();
    }

    private Map<Long, Double> values(long metric, List<Long> ids) throws SQLException {
        Map<Long, Double> values = new HashMap<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<Object> bound = new ArrayList<>(List.of(metric));
            bound.addAll(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
            sql.list(
                    "SELECT x.version_id, x.metric_value FROM mlops_version_metric x WHERE x.metric_id = ?"
                            + " AND x.metric_value IS NOT NULL AND x.version_id IN (" + Sql.marks(bound.size() - 1)
                            + ")",
                    row -> values.put(row.getLong(1), row.getDouble(2)),
                    bound.toArray());
        }
        return values;
    }
}
