package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.retention.Keeping;
import io.jenkins.mlops.registry.retention.RetentionQuery;
import io.jenkins.mlops.registry.retention.RetentionStore;
import io.jenkins.mlops.registry.retention.RetentionTotal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What keeps the versions of a model, as conditions in SQL: one for each reason, used for whatever is asked. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class RetentionRows {
    /** A condition on {@code v}, a version. */
    private record Condition(String sql, Object... values) {}

    /** Stands for a model that is not there, or no longer: it has no versions. */
    private static final long NONE = -1;

    private final Sql sql;
    private final long model;
    private final JobFilter jobs;
    private final Map<Keeping, Condition> keeping = new LinkedHashMap<>();

    private RetentionRows(Sql sql, long model, RetentionQuery query) throws SQLException {
        this.sql = sql;
        this.model = model;
        this.jobs = JobFilter.of(sql, query.jobs());
        // The cheap ones first, for they are tried in this order. A model's few aliases are looked up once and for all.
        keep(Keeping.NEWEST, "v.number >= ?", newest(query.keepNewest()));
        keep(Keeping.AGE, "v.created_millis > ?", query.sinceMillis());
        keep(Keeping.ALIAS, "v.number IN (SELECT a.number FROM mlops_alias a WHERE a.model_id = ?)", model);
        keep(
                Keeping.SERVED,
                "(v.number IN (SELECT c.number FROM mlops_alias_change c WHERE c.model_id = ?) OR "
                        + promotion("'APPLIED', 'VERIFIED'") + ")",
                model);
        keep(Keeping.PROMOTION, promotion("'REQUESTED', 'AWAITING_APPROVAL', 'APPROVED'"));
        keep(
                Keeping.ENDPOINT,
                "EXISTS (SELECT 1 FROM mlops_deployment d WHERE d.model_id = v.model_id AND d.number = v.number)");
        Object[] tags = query.keepTags().toArray();
        if (tags.length > 0) {
            keep(
                    Keeping.TAG,
                    "EXISTS (SELECT 1 FROM mlops_version_tag t WHERE t.version_id = v.id AND t.tag_key IN ("
                            + Sql.marks(tags.length) + "))",
                    tags);
        }
    }

    static RetentionRows of(Sql sql, RetentionQuery query) throws SQLException {
        return new RetentionRows(
                sql, ModelRows.find(sql, query.model()).map(ModelRows.Head::id).orElse(NONE), query);
    }

    private static String promotion(String states) {
        return "EXISTS (SELECT 1 FROM mlops_promotion p WHERE p.model_id = v.model_id AND p.number = v.number"
                + " AND p.state IN (" + states + "))";
    }

    private void keep(Keeping reason, String condition, Object... values) {
        keeping.put(reason, new Condition(condition, values));
    }

    /** The number of the oldest of the newest versions that stay; all stay where there are no more. */
    private int newest(int count) throws SQLException {
        return count == 0
                ? Integer.MAX_VALUE
                : sql.first(
                                "SELECT v.number FROM mlops_version v WHERE v.model_id = ? AND v.status <> 'DELETED'"
                                        + " ORDER BY v.model_id DESC, v.number DESC LIMIT 1 OFFSET ?",
                                row -> row.getInt(1),
                                model,
                                count - 1)
                        .orElse(1);
    }

    /** The condition of those that nothing keeps, and the values for it, to which more may be added. */
    private String expendable(List<Object> values) {
        StringBuilder condition = new StringBuilder("v.model_id = ? AND v.status <> 'DELETED'");
        values.add(model);
        keeping.forEach((reason, kept) -> {
            condition.append(" AND NOT ").append(kept.sql());
            Collections.addAll(values, kept.values());
        });
        return condition.toString();
    }

    RetentionTotal total() throws SQLException {
        List<Object> values = new ArrayList<>();
        String condition =
                expendable(values) + jobs.condition("v.job_id") + " ORDER BY v.model_id, v.number LIMIT ? OFFSET ?";
        values.add(RetentionStore.AT_ONCE);
        values.add(0);
        RetentionTotal total = sql.first(
                        "SELECT COUNT(*), COALESCE(SUM(x.bytes), 0) FROM (SELECT (SELECT SUM(f.bytes)"
                                + " FROM mlops_version_file f WHERE f.version_id = v.id) AS bytes"
                                + " FROM mlops_version v WHERE " + condition + ") x",
                        row -> new RetentionTotal(row.getInt(1), row.getLong(2), false),
                        values.toArray())
                .orElse(RetentionTotal.NOTHING);
        if (total.versions() < RetentionStore.AT_ONCE) {
            return total;
        }
        values.set(values.size() - 2, 1);
        values.set(values.size() - 1, RetentionStore.AT_ONCE);
        boolean more = sql.first(
                        "SELECT v.number FROM mlops_version v WHERE " + condition,
                        row -> row.getInt(1),
                        values.toArray())
                .isPresent();
        return new RetentionTotal(total.versions(), total.bytes(), more);
    }

    List<ModelVersion> list(int offset, int limit) throws SQLException {
        int count = Math.min(limit, RetentionStore.AT_ONCE - offset);
        if (count <= 0) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        String condition = expendable(values) + jobs.condition("v.job_id");
        values.add(count);
        values.add(offset);
        List<Long> ids = sql.list(
                "SELECT v.id FROM mlops_version v WHERE " + condition
                        + " ORDER BY v.model_id, v.number LIMIT ? OFFSET ?",
                row -> row.getLong(1),
                values.toArray());
        Map<Long, ModelVersion> found = VersionRows.byId(sql, ids);
        return ids.stream().map(found::get).toList();
    }

    Map<Integer, Set<Keeping>> keepings(Set<Integer> numbers) throws SQLException {
        Map<Integer, Set<Keeping>> found = new TreeMap<>();
        if (numbers.isEmpty()) {
            return found;
        }
        StringBuilder columns = new StringBuilder("v.number");
        List<Object> values = new ArrayList<>();
        keeping.forEach((reason, kept) -> {
            columns.append(", CASE WHEN ").append(kept.sql()).append(" THEN 1 ELSE 0 END");
            Collections.addAll(values, kept.values());
        });
        values.add(model);
        values.addAll(numbers);
        List<Keeping> reasons = new ArrayList<>(keeping.keySet());
        sql.list(
                "SELECT " + columns + " FROM mlops_version v WHERE v.model_id = ? AND v.status <> 'DELETED'"
                        + " AND v.number IN (" + Sql.marks(numbers.size()) + ")" + jobs.condition("v.job_id"),
                row -> {
                    Set<Keeping> kept = EnumSet.noneOf(Keeping.class);
                    for (int i = 0; i < reasons.size(); i++) {
                        if (row.getInt(i + 2) == 1) {
                            kept.add(reasons.get(i));
                        }
                    }
                    return found.put(row.getInt(1), kept);
                },
                values.toArray());
        return found;
    }

    static void delete(Transaction tx, RetentionQuery query, int number, String actor, String reason, long now)
            throws SQLException {
        tx.lockHead();
        VersionRows.require(tx, query.model(), number);
        Set<Keeping> kept = of(tx, query).keepings(Set.of(number)).get(number);
        if (kept == null || !kept.isEmpty()) {
            throw new RegistryException.Conflict("Version " + number + " of '" + query.model() + "' stays: "
                    + (kept == null ? "it is none that may be seen" : "it is kept by " + kept));
        }
        VersionChanges.delete(tx, query.model(), number, actor, reason, now);
    }
}
