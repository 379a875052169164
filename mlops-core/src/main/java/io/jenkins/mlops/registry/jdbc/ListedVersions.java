package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionListing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Cuts the list of a model's versions, for readers of all jobs or of some, along the indexes. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class ListedVersions {
    private static final int AT_ONCE = 1_000;
    private static final int MOST_AT_ONCE = 16_000;
    private static final String SHA256 = "sha256:";
    private static final Pattern DIGEST = Pattern.compile("(?:" + SHA256 + ")?[0-9a-f]{1,64}");

    /** Sums, so that H2 takes the index of digests instead of walking through the model. */
    private static final String OF_DIGEST = "SELECT v.number, v.id FROM mlops_version v WHERE v.model_id + 0 = ?";

    private final Sql sql;
    private final VersionListing query;
    private final ModelRows.Head head;
    private final String visible;
    private final JobFilter jobs;

    private ListedVersions(Sql sql, VersionListing query, ModelRows.Head head) throws SQLException {
        this.sql = sql;
        this.query = query;
        this.head = head;
        this.jobs = JobFilter.of(sql, query.jobs());
        this.visible = " AND v.status <> 'DELETED'" + jobs.condition("v.job_id");
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
            ids = query.metric() == null
                    ? byNumber(Stretch.of(query.offset(), query.limit(), total, query.descending()))
                    : byMetric(metricId(sql, query.metric()), total);
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

    private List<Long> byNumber(Stretch stretch) throws SQLException {
        return stretch.isEmpty()
                ? List.of()
                : stretch.inOrder(sql.list(
                        "SELECT v.id FROM mlops_version v WHERE v.model_id = ?" + visible + " ORDER BY v.model_id"
                                + stretch.direction() + ", v.number" + stretch.direction() + " LIMIT ? OFFSET ?",
                        row -> row.getLong(1),
                        head.id(),
                        stretch.count(),
                        stretch.offset()));
    }

    /** Those with a value along its index, then those without one, the newest first. */
    private List<Long> byMetric(long metric, long total) throws SQLException {
        long valued = ListedMetrics.count(sql, head.id(), metric, jobs);
        List<Long> ids =
                new ArrayList<>(valued(metric, Stretch.of(query.offset(), query.limit(), valued, query.descending())));
        Stretch rest =
                Stretch.of(Math.max(0, query.offset() - valued), query.limit() - ids.size(), total - valued, true);
        if (!rest.isEmpty()) {
            ids.addAll(valued == 0 ? byNumber(rest) : unvalued(metric, rest));
        }
        return ids;
    }

    private List<Long> valued(long metric, Stretch stretch) throws SQLException {
        String direction = stretch.direction();
        return stretch.isEmpty()
                ? List.of()
                : stretch.inOrder(sql.list(
                        "SELECT x.version_id FROM mlops_version_metric x WHERE x.model_id = ? AND x.metric_id = ?"
                                + " AND x.listed = TRUE" + jobs.condition("x.job_id") + " ORDER BY x.model_id"
                                + direction + ", x.metric_id" + direction + ", x.listed" + direction
                                + ", x.metric_value" + direction + ", x.version_id" + direction + " LIMIT ? OFFSET ?",
                        row -> row.getLong(1),
                        head.id(),
                        metric,
                        stretch.count(),
                        stretch.offset()));
    }

    private List<Long> unvalued(long metric, Stretch stretch) throws SQLException {
        return stretch.inOrder(sql.list(
                "SELECT v.id FROM mlops_version v WHERE v.model_id = ?" + visible
                        + " AND NOT EXISTS (SELECT 1 FROM mlops_version_metric x WHERE x.version_id = v.id"
                        + " AND x.metric_id = ? AND x.listed = TRUE) ORDER BY v.model_id" + stretch.direction()
                        + ", v.number" + stretch.direction() + " LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                head.id(),
                metric,
                stretch.count(),
                stretch.offset()));
    }

    // Search

    /** The numbers and ids of what is searched for. */
    private Map<Integer, Long> found(String text) throws SQLException {
        Map<Integer, Long> found = new TreeMap<>();
        int before = head.lastNumber() - VersionListing.SEARCHED;
        String digest = text.toLowerCase(Locale.ROOT);
        String newest = " WHERE v.model_id = ? AND v.number > ?" + visible;
        find(
                found,
                "SELECT v.number, v.id FROM mlops_version v JOIN mlops_version_text t ON t.version_id = v.id" + newest
                        + " AND t.words LIKE ? ESCAPE '!'",
                head.id(),
                before,
                ModelRows.containing(text));
        if (DIGEST.matcher(digest).matches()) {
            String beginning = digest.startsWith(SHA256) ? digest : SHA256 + digest;
            // No digit of a digest comes after the last of these, in whatever order the database has letters.
            find(
                    found,
                    OF_DIGEST + " AND v.number + 0 > ?" + visible + " AND v.digest >= ? AND v.digest < ?",
                    head.id(),
                    before,
                    beginning,
                    beginning + "g");
        }
        find(found, OF_DIGEST + visible + " AND v.digest IN (?, ?)", head.id(), digest, SHA256 + digest);
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
        if (query.metric() == null) {
            return found.keySet().stream().sorted(order).map(found::get).toList();
        }
        long metric = metricId(sql, query.metric());
        if (found.size() > AT_ONCE) {
            return alongMetric(metric, found);
        }
        Map<Long, Double> values = values(metric, new ArrayList<>(found.values()));
        return found.keySet().stream()
                .sorted(VersionListing.byMetric(number -> values.get(found.get(number)), query.descending()))
                .map(found::get)
                .toList();
    }

    /**
     * Many versions in the order of a metric, those without it last, up to the end of the page at least: along the
     * metric's index, in steps that grow, because many are met soon.
     */
    private List<Long> alongMetric(long metric, Map<Integer, Long> found) throws SQLException {
        record Valued(long id, double value) {}
        Set<Long> left = new HashSet<>(found.values());
        List<Long> sorted = new ArrayList<>();
        String direction = query.descending() ? " DESC" : "";
        String than = query.descending() ? "<" : ">";
        Valued last = null;
        for (int step = AT_ONCE / 2; !left.isEmpty(); step = Math.min(MOST_AT_ONCE, 4 * step)) {
            List<Object> bound = new ArrayList<>(List.of(head.id(), metric));
            if (last != null) {
                bound.addAll(List.of(last.value(), last.value(), last.id()));
            }
            bound.add(step);
            List<Valued> met = sql.list(
                    "SELECT x.version_id, x.metric_value FROM mlops_version_metric x WHERE x.model_id = ?"
                            + " AND x.metric_id = ? AND x.listed = TRUE" + jobs.condition("x.job_id")
                            + (last == null
                                    ? ""
                                    : " AND x.metric_value " + than + "= ? AND (x.metric_value " + than
                                            + " ? OR x.version_id " + than + " ?)")
                            + " ORDER BY x.model_id" + direction + ", x.metric_id" + direction + ", x.listed"
                            + direction + ", x.metric_value" + direction + ", x.version_id" + direction + " LIMIT ?",
                    row -> new Valued(row.getLong(1), row.getDouble(2)),
                    bound.toArray());
            met.stream().map(Valued::id).filter(left::remove).forEach(sorted::add);
            if (met.size() < step) {
                break;
            }
            last = met.get(met.size() - 1);
            if (sorted.size() >= (long) query.offset() + query.limit()) {
                break;
            }
        }
        found.entrySet().stream()
                .filter(version -> left.contains(version.getValue()))
                .sorted(Map.Entry.<Integer, Long>comparingByKey().reversed())
                .forEach(version -> sorted.add(version.getValue()));
        return sorted;
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
