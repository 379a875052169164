package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.VersionStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads and writes model versions with their files, data, metrics and tags. */
final class VersionRows {
    private static final String SELECT = "SELECT v.id, m.name AS model, v.number, v.digest, v.source, v.signature,"
            + " v.run_id, j.name AS job, v.build, v.build_url, v.build_ext, v.commit_json, v.description,"
            + " v.authors_json, v.created_by, v.created_millis, v.status";
    private static final String FROM = " FROM mlops_version v JOIN mlops_model m ON m.id = v.model_id"
            + " LEFT JOIN mlops_job j ON j.id = v.job_id ";
    private static final TypeReference<Set<String>> STRINGS = new TypeReference<>() {};

    private static final int MOST_FOUND = 1_000;

    private VersionRows() {}

    private record Row(long id, ModelVersion version) {}

    static void insert(Transaction tx, long modelId, String operationKey, ModelVersion version) throws SQLException {
        Object[] build = tx.build(version.build());
        long id = tx.insert(
                "INSERT INTO mlops_version (model_id, number, operation_key, digest, source, signature, run_id, job_id,"
                        + " build, build_url, build_ext, commit_json, description, authors_json, created_by,"
                        + " created_millis, status) VALUES (" + Sql.marks(17) + ")",
                modelId,
                version.number(),
                operationKey,
                version.digest(),
                version.source(),
                version.signatureJson(),
                version.runId(),
                build[0],
                build[1],
                build[2],
                build[3],
                version.commit() == null ? null : Json.write(version.commit()),
                version.description(),
                Json.write(version.authors()),
                version.createdBy(),
                version.createdMillis(),
                version.status());
        VersionCounts.added(tx, modelId, build[0], version.number(), id);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < version.files().size(); i++) {
            VersionFile file = version.files().get(i);
            rows.add(new Object[] {id, i, file.path(), file.bytes(), file.sha256()});
        }
        tx.batch(
                "INSERT INTO mlops_version_file (version_id, position, path, bytes, sha256) VALUES (?, ?, ?, ?, ?)",
                rows);
        rows.clear();
        for (int i = 0; i < version.dataDigests().size(); i++) {
            rows.add(new Object[] {id, i, version.dataDigests().get(i)});
        }
        tx.batch("INSERT INTO mlops_version_data (version_id, position, digest) VALUES (?, ?, ?)", rows);
        rows.clear();
        long job = build[0] == null ? 0 : ((Number) build[0]).longValue();
        List<Long> listed = new ArrayList<>();
        for (Map.Entry<String, Double> metric : version.metrics().entrySet()) {
            long metricId = tx.metricId(metric.getKey());
            boolean isNumber = !Double.isNaN(metric.getValue());
            if (isNumber) {
                listed.add(metricId);
            }
            rows.add(new Object[] {id, metricId, modelId, new Sql.NullDouble(metric.getValue()), job, isNumber});
        }
        tx.batch(
                "INSERT INTO mlops_version_metric (version_id, metric_id, model_id, metric_value, job_id, listed)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                rows);
        ListedMetrics.added(tx, modelId, job, listed);
        rows.clear();
        version.tags().forEach((key, value) -> rows.add(new Object[] {id, key, value, Ledger.sha256(value)}));
        tx.batch(
                "INSERT INTO mlops_version_tag (version_id, tag_key, tag_value, value_hash) VALUES (?, ?, ?, ?)", rows);
        VersionTexts.added(
                tx,
                id,
                version.createdBy(),
                version.description(),
                version.tags().values());
    }

    static ModelVersion require(Sql sql, String model, int number) throws SQLException {
        ModelRows.Head head = ModelRows.require(sql, model);
        List<ModelVersion> found = list(sql, "WHERE v.model_id = ? AND v.number = ?", head.id(), number);
        if (found.isEmpty()) {
            throw new RegistryException.NotFound(
                    "The model '" + model + "' has no version " + number + "; its newest is " + head.lastNumber());
        }
        if (found.get(0).status() == VersionStatus.DELETED) {
            throw new RegistryException.NotFound("Version " + number + " of the model '" + model + "' was deleted");
        }
        return found.get(0);
    }

    static Optional<ModelVersion> byOperation(Sql sql, String operationKey) throws SQLException {
        Optional<Long> id =
                sql.first("SELECT id FROM mlops_version WHERE operation_key = ?", row -> row.getLong(1), operationKey);
        return id.isEmpty()
                ? Optional.empty()
                : list(sql, "WHERE v.id = ?", id.get()).stream().findFirst();
    }

    static Optional<ModelVersion> byAlias(Sql sql, String model, String alias) throws SQLException {
        record Holder(long model, int number) {}
        Optional<Holder> holder = sql.first(
                "SELECT a.model_id, a.number FROM mlops_model m JOIN mlops_alias a ON a.model_id = m.id"
                        + " WHERE m.name = ? AND a.alias = ?",
                row -> new Holder(row.getLong(1), row.getInt(2)),
                model,
                alias);
        // Not in one statement, for which H2 walks through all versions.
        return holder.isEmpty()
                ? Optional.empty()
                : list(
                                sql,
                                "WHERE v.model_id = ? AND v.number = ?",
                                holder.get().model(),
                                holder.get().number())
                        .stream()
                        .findFirst();
    }

    static long idOf(Sql sql, String model, int number) throws SQLException {
        require(sql, model, number);
        return sql.first(
                        "SELECT v.id FROM mlops_version v JOIN mlops_model m ON m.id = v.model_id"
                                + " WHERE m.name = ? AND v.number = ?",
                        row -> row.getLong(1),
                        model,
                        number)
                .orElseThrow();
    }

    /** Versions under a condition on {@code v}, {@code m} and {@code j}; deleted ones too, if it lets them. */
    static List<ModelVersion> list(Sql sql, String condition, Object... values) throws SQLException {
        List<Row> rows = sql.list(SELECT + FROM + condition, VersionRows::row, values);
        return complete(sql, rows);
    }

    /** Versions by the ids of their rows, deleted ones too. */
    static Map<Long, ModelVersion> byId(Sql sql, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return new HashMap<>();
        }
        Object[] wanted = ids.stream().distinct().toArray();
        List<Row> rows =
                sql.list(SELECT + FROM + "WHERE v.id IN (" + Sql.marks(wanted.length) + ")", VersionRows::row, wanted);
        List<ModelVersion> versions = complete(sql, rows);
        Map<Long, ModelVersion> found = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            found.put(rows.get(i).id(), versions.get(i));
        }
        return found;
    }

    static boolean hasAnyOf(Sql sql, String job, int build) throws SQLException {
        return sql.first(
                        "SELECT 1 FROM mlops_version v JOIN mlops_job j ON j.id = v.job_id"
                                + " WHERE j.name_hash = ? AND v.build = ? AND v.status <> 'DELETED' LIMIT 1",
                        row -> 1,
                        Ledger.sha256(job),
                        build)
                .isPresent();
    }

    static List<ModelVersion> ofBuild(Sql sql, String job, int build) throws SQLException {
        return list(
                sql,
                "WHERE j.name_hash = ? AND v.build = ? AND v.status <> 'DELETED' ORDER BY v.id",
                Ledger.sha256(job),
                build);
    }

    static List<Integer> builds(Sql sql, String job) throws SQLException {
        return sql.list(
                "SELECT DISTINCT v.build FROM mlops_version v JOIN mlops_job j ON j.id = v.job_id"
                        + " WHERE j.name_hash = ? AND v.status <> 'DELETED' ORDER BY v.build",
                row -> row.getInt(1),
                Ledger.sha256(job));
    }

    static List<ModelVersion> byData(Sql sql, String dataDigest) throws SQLException {
        return newest(
                sql,
                sql.list(
                        "SELECT d.version_id FROM mlops_version_data d WHERE d.digest = ?",
                        row -> row.getLong(1),
                        dataDigest));
    }

    static List<ModelVersion> byDigest(Sql sql, String digest) throws SQLException {
        String sha256 = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        return newest(
                sql,
                sql.list(
                        "SELECT v.id FROM mlops_version v WHERE v.digest = ?"
                                + " UNION SELECT f.version_id FROM mlops_version_file f WHERE f.sha256 = ?",
                        row -> row.getLong(1),
                        digest,
                        sha256));
    }

    /** The newest of these versions; asked by their ids, because H2 reads the whole table for a subquery. */
    private static List<ModelVersion> newest(Sql sql, List<Long> ids) throws SQLException {
        Object[] kept = ids.stream()
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(MOST_FOUND)
                .toArray();
        return kept.length == 0
                ? List.of()
                : list(
                        sql,
                        "WHERE v.id IN (" + Sql.marks(kept.length) + ") AND v.status <> 'DELETED' ORDER BY v.id DESC",
                        kept);
    }

    private static Row row(ResultSet row) throws SQLException {
        String commit = row.getString("commit_json");
        return new Row(
                row.getLong("id"),
                new ModelVersion(
                        row.getString("model"),
                        row.getInt("number"),
                        row.getString("digest"),
                        List.of(),
                        row.getString("source"),
                        row.getString("signature"),
                        row.getString("run_id"),
                        build(row),
                        commit == null ? null : Json.read(commit, CodeRef.class),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        row.getString("description"),
                        Json.read(row.getString("authors_json"), STRINGS),
                        row.getString("created_by"),
                        row.getLong("created_millis"),
                        VersionStatus.valueOf(row.getString("status"))));
    }

    /**
     * The build in the columns {@code job, build, build_url, build_ext}; null for none. Only the job's name follows a
     * job that moves, the other columns are as they were written.
     */
    @CheckForNull
    static BuildRef build(ResultSet row) throws SQLException {
        String job = row.getString("job");
        if (job == null) {
            return null;
        }
        String id = row.getString("build_ext");
        int end = id == null ? -1 : id.lastIndexOf('#');
        String written = end > 0 ? id.substring(0, end) : job;
        return new BuildRef(written, row.getInt("build"), row.getString("build_url"), id).movedTo(job);
    }

    private static List<ModelVersion> complete(Sql sql, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Object[] ids = rows.stream().map(Row::id).toArray();
        String in = " IN (" + Sql.marks(ids.length) + ")";
        Map<Long, List<VersionFile>> files = new HashMap<>();
        sql.list(
                "SELECT version_id, path, bytes, sha256 FROM mlops_version_file WHERE version_id" + in
                        + " ORDER BY version_id, position",
                row -> files.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new VersionFile(row.getString(2), row.getLong(3), row.getString(4))),
                ids);
        Map<Long, List<String>> data = new HashMap<>();
        sql.list(
                "SELECT version_id, digest FROM mlops_version_data WHERE version_id" + in
                        + " ORDER BY version_id, position",
                row -> data.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(row.getString(2)),
                ids);
        Map<Long, Map<String, Double>> metrics = new HashMap<>();
        sql.list(
                "SELECT x.version_id, n.name, x.metric_value FROM mlops_version_metric x"
                        + " JOIN mlops_metric_name n ON n.id = x.metric_id WHERE x.version_id" + in,
                row -> metrics.computeIfAbsent(row.getLong(1), id -> new TreeMap<>())
                        .put(row.getString(2), Sql.NullDouble.read(row, "metric_value")),
                ids);
        Map<Long, Map<String, String>> tags = new HashMap<>();
        sql.list(
                "SELECT version_id, tag_key, tag_value FROM mlops_version_tag WHERE version_id" + in,
                row -> tags.computeIfAbsent(row.getLong(1), id -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3)),
                ids);
        return rows.stream()
                .map(row -> {
                    ModelVersion v = row.version();
                    return new ModelVersion(
                            v.model(),
                            v.number(),
                            v.digest(),
                            files.getOrDefault(row.id(), List.of()),
                            v.source(),
                            v.signatureJson(),
                            v.runId(),
                            v.build(),
                            v.commit(),
                            data.getOrDefault(row.id(), List.of()),
                            metrics.getOrDefault(row.id(), Map.of()),
                            tags.getOrDefault(row.id(), Map.of()),
                            v.description(),
                            v.authors(),
                            v.createdBy(),
                            v.createdMillis(),
                            v.status());
                })
                .toList();
    }
}
