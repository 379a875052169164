package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionPoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists that pages show, cut by the database. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class JdbcModelCatalog implements ModelCatalog {
    private static final int MOST_PROMOTIONS = 100;
    private static final int JOBS_AT_ONCE = 1_000;

    private final RegistryDatabase database;

    JdbcModelCatalog(RegistryDatabase database) {
        this.database = database;
    }

    @Override
    public List<String> jobs() {
        return database.read(sql -> sql.list(
                "SELECT j.name FROM mlops_job j WHERE EXISTS (SELECT 1 FROM mlops_version v WHERE v.job_id = j.id)"
                        + " ORDER BY j.name",
                row -> row.getString(1)));
    }

    /** A condition on the versions of a reader: none, or that the job is one of his. */
    private static String visible(Sql sql, String table, @CheckForNull Set<String> jobs) throws SQLException {
        if (jobs == null) {
            return "";
        }
        List<Long> ids = new ArrayList<>();
        List<String> names = new ArrayList<>(jobs);
        for (int from = 0; from < names.size(); from += JOBS_AT_ONCE) {
            Object[] hashes = names.subList(from, Math.min(names.size(), from + JOBS_AT_ONCE)).stream()
                    .map(Ledger::sha256)
                    .toArray();
            ids.addAll(sql.list(
                    "SELECT id FROM mlops_job WHERE name_hash IN (" + Sql.marks(hashes.length) + ")",
                    row -> row.getLong(1),
                    hashes));
        }
        Collections.sort(ids);
        return ids.isEmpty()
                ? " AND 1 = 0"
                : " AND " + table + ".job_id IN ("
                        + ids.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }

    private record Head(long id, String name, String description, int waiting) {}

    @Override
    public Listing<ModelSummary> models(ModelListing query) {
        return database.read(sql -> {
            String mine = visible(sql, "v", query.jobs());
            StringBuilder where = new StringBuilder(" WHERE 1 = 1");
            List<Object> values = new ArrayList<>();
            String search = query.search();
            if (search != null && !search.isBlank()) {
                where.append(" AND m.search_name LIKE ? ESCAPE '!'");
                values.add(ModelRows.containing(search));
            }
            if (!mine.isEmpty()) {
                where.append(" AND EXISTS (SELECT 1 FROM mlops_version v WHERE v.model_id = m.id"
                        + " AND v.status <> 'DELETED'" + mine + ")");
            }
            long total = sql.first(
                            "SELECT COUNT(*) FROM mlops_model m" + where, row -> row.getLong(1), values.toArray())
                    .orElse(0L);
            values.add(query.limit());
            values.add(query.offset());
            List<Head> heads = sql.list(
                    "SELECT m.id, m.name, m.description, COALESCE(w.waiting, 0) FROM mlops_model m" + waiting(mine)
                            + (query.order() == ModelListing.Order.NEWEST ? newest(mine) : "") + where + order(query)
                            + " LIMIT ? OFFSET ?",
                    row -> new Head(row.getLong(1), row.getString(2), row.getString(3), row.getInt(4)),
                    values.toArray());
            return new Listing<>(summaries(sql, heads, mine), total, query.offset(), query.limit());
        });
    }

    private static String waiting(String mine) {
        return " LEFT JOIN (SELECT p.model_id AS waiting_id, COUNT(*) AS waiting FROM mlops_promotion p"
                + " JOIN mlops_version v ON v.model_id = p.model_id AND v.number = p.number"
                + " WHERE p.state = 'AWAITING_APPROVAL'" + mine
                + " GROUP BY p.model_id) w ON w.waiting_id = m.id";
    }

    private static String newest(String mine) {
        return mine.isEmpty()
                ? " LEFT JOIN (SELECT v.model_id AS newest_id, v.number AS newest_number, v.id AS newest"
                        + " FROM mlops_version v) n ON n.newest_id = m.id AND n.newest_number = m.last_number"
                : " LEFT JOIN (SELECT v.model_id AS newest_id, MAX(v.id) AS newest FROM mlops_version v"
                        + " WHERE v.status <> 'DELETED'" + mine + " GROUP BY v.model_id) n ON n.newest_id = m.id";
    }

    private static String order(ModelListing query) {
        String direction = query.descending() ? " DESC" : "";
        return switch (query.order()) {
            case NAME -> " ORDER BY m.name" + direction;
            case NEWEST -> " ORDER BY COALESCE(n.newest, 0)" + direction + ", m.name";
            case WAITING -> " ORDER BY COALESCE(w.waiting, 0)" + direction + ", m.name";
        };
    }

    private static List<ModelSummary> summaries(Sql sql, List<Head> heads, String mine) throws SQLException {
        if (heads.isEmpty()) {
            return List.of();
        }
        Object[] ids = heads.stream().map(Head::id).toArray();
        Map<Long, Map<String, Integer>> aliases = new HashMap<>();
        Map<Long, Map<Integer, Long>> holders = new HashMap<>();
        sql.list(
                "SELECT a.model_id, a.alias, a.number, v.id FROM mlops_alias a JOIN mlops_version v"
                        + " ON v.model_id = a.model_id AND v.number = a.number WHERE a.model_id IN ("
                        + Sql.marks(ids.length) + ") AND v.status <> 'DELETED'" + mine,
                row -> {
                    holders.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getInt(3), row.getLong(4));
                    return aliases.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                            .put(row.getString(2), row.getInt(3));
                },
                ids);
        Map<Long, Long> newest = new HashMap<>();
        Map<Long, Long> champions = new HashMap<>();
        for (Head head : heads) {
            Optional<Long> last = sql.first(
                    "SELECT v.id FROM mlops_version v WHERE v.model_id = ? AND v.status <> 'DELETED'" + mine
                            + " ORDER BY v.model_id DESC, v.number DESC LIMIT 1",
                    row -> row.getLong(1),
                    head.id());
            last.ifPresent(id -> newest.put(head.id(), id));
            Map<String, Integer> own = aliases.getOrDefault(head.id(), Map.of());
            String leading = ModelSummary.leadingAlias(own);
            Long champion = leading == null
                    ? newest.get(head.id())
                    : holders.get(head.id()).get(own.get(leading));
            if (champion != null) {
                champions.put(head.id(), champion);
            }
        }
        List<Long> wanted = new ArrayList<>(newest.values());
        wanted.addAll(champions.values());
        Map<Long, ModelVersion> versions = VersionRows.byId(sql, wanted);
        return heads.stream()
                .map(head -> new ModelSummary(
                        head.name(),
                        head.description(),
                        aliases.getOrDefault(head.id(), Map.of()),
                        versions.get(newest.get(head.id())),
                        versions.get(champions.get(head.id())),
                        head.waiting()))
                .toList();
    }

    @Override
    public Listing<ModelVersion> versions(VersionListing query) {
        return database.read(sql -> {
            Optional<ModelRows.Head> head = ModelRows.find(sql, query.model());
            if (head.isEmpty()) {
                return new Listing<>(List.of(), 0, query.offset(), query.limit());
            }
            List<Object> values = new ArrayList<>(List.of(head.get().id()));
            String where = " WHERE v.model_id = ? AND v.status <> 'DELETED'" + visible(sql, "v", query.jobs())
                    + searched(query.search(), values);
            long total = sql.first(
                            "SELECT COUNT(*) FROM mlops_version v" + where, row -> row.getLong(1), values.toArray())
                    .orElse(0L);
            String direction = query.descending() ? " DESC" : "";
            String join = "";
            String order = " ORDER BY v.model_id" + direction + ", v.number" + direction;
            if (query.metric() != null) {
                join = " LEFT JOIN mlops_version_metric x ON x.version_id = v.id AND x.metric_id = ?";
                order = " ORDER BY CASE WHEN x.metric_value IS NULL THEN 1 ELSE 0 END, x.metric_value" + direction
                        + ", v.number DESC";
                values.add(0, metricId(sql, query.metric()));
            }
            values.add(query.limit());
            values.add(query.offset());
            List<Long> ids = sql.list(
                    "SELECT v.id FROM mlops_version v" + join + where + order + " LIMIT ? OFFSET ?",
                    row -> row.getLong(1),
                    values.toArray());
            Map<Long, ModelVersion> versions = VersionRows.byId(sql, ids);
            return new Listing<>(ids.stream().map(versions::get).toList(), total, query.offset(), query.limit());
        });
    }

    private static String searched(@CheckForNull String search, List<Object> values) {
        if (search == null || search.isBlank()) {
            return "";
        }
        String text = search.strip();
        String contained = ModelRows.containing(text);
        String beginning = text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
        values.add(contained);
        values.add(contained);
        values.add(beginning);
        values.add("sha256:" + beginning);
        values.add(contained);
        String number = "";
        if (text.matches("[vV#]?\\d{1,9}")) {
            number = " OR v.number = ?";
            values.add(Integer.valueOf(text.replaceFirst("^[vV#]", "")));
        }
        return " AND (LOWER(v.description) LIKE ? ESCAPE '!' OR LOWER(v.created_by) LIKE ? ESCAPE '!'"
                + " OR v.digest LIKE ? ESCAPE '!' OR v.digest LIKE ? ESCAPE '!'"
                + " OR EXISTS (SELECT 1 FROM mlops_version_tag t WHERE t.version_id = v.id"
                + " AND LOWER(t.tag_value) LIKE ? ESCAPE '!')" + number + ")";
    }

    private static long metricId(Sql sql, String metric) throws SQLException {
        return sql.first("SELECT id FROM mlops_metric_name WHERE name = ?", row -> row.getLong(1), metric)
                .orElse(-1L);
    }

    @Override
    public List<VersionPoint> trend(String model, String metric, @CheckForNull Set<String> jobs, int limit) {
        int most = (int) Limits.range("The number of versions", limit, 1, 10_000);
        return database.read(sql -> {
            Optional<ModelRows.Head> head = ModelRows.find(sql, model);
            if (head.isEmpty()) {
                return List.of();
            }
            List<VersionPoint> points = new ArrayList<>(sql.list(
                    "SELECT v.number, x.metric_value, v.created_millis FROM mlops_version v"
                            + " JOIN mlops_version_metric x ON x.version_id = v.id AND x.metric_id = ?"
                            + " WHERE v.model_id = ? AND v.status <> 'DELETED'" + visible(sql, "v", jobs)
                            + " ORDER BY v.model_id DESC, v.number DESC LIMIT ?",
                    row -> new VersionPoint(row.getInt(1), Sql.NullDouble.read(row, "metric_value"), row.getLong(3)),
                    metricId(sql, metric),
                    head.get().id(),
                    most));
            Collections.reverse(points);
            return points;
        });
    }

    @Override
    public List<Promotion> promotionsOf(String model, int number) {
        return database.read(sql -> PromotionRows.list(
                sql,
                "WHERE p.model_id = ? AND p.number = ? ORDER BY p.id DESC LIMIT ?",
                ModelRows.require(sql, model).id(),
                number,
                MOST_PROMOTIONS));
    }

    @Override
    public List<String> aliasesEver(String model) {
        return database.read(sql -> sql.list(
                "SELECT DISTINCT alias FROM mlops_alias_change WHERE model_id = ? ORDER BY alias",
                row -> row.getString(1),
                ModelRows.require(sql, model).id()));
    }
}
