package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.TrendPoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes evaluations and the headline metrics of builds. */
final class EvaluationRows {
    private static final TypeReference<Map<String, Double>> METRICS = new TypeReference<>() {};

    private EvaluationRows() {}

    static void insert(Transaction tx, EvaluationRecord evaluation, long now) throws SQLException {
        tx.lockHead();
        if (tx.first("SELECT 1 FROM mlops_evaluation WHERE operation_key = ?", row -> 1, evaluation.operationKey())
                .isPresent()) {
            return;
        }
        Object[] build = tx.build(evaluation.build());
        tx.insert(
                "INSERT INTO mlops_evaluation (operation_key, model, number, run_id, data_digest, metrics_json,"
                        + " document, document_hash, job_id, build, build_url, build_ext, created_millis) VALUES ("
                        + Sql.marks(13) + ")",
                evaluation.operationKey(),
                evaluation.model(),
                evaluation.version(),
                evaluation.runId(),
                evaluation.dataDigest(),
                Json.write(evaluation.metrics()),
                evaluation.json(),
                evaluation.hash(),
                build[0],
                build[1],
                build[2],
                build[3],
                evaluation.createdMillis());
        headline(tx, evaluation.build(), evaluation.metrics(), evaluation.createdMillis());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("operation", evaluation.operationKey());
        payload.put("version", evaluation.version() == 0 ? null : evaluation.version());
        payload.put("run", evaluation.runId());
        payload.put("data", evaluation.dataDigest());
        payload.put("metrics", evaluation.metrics());
        payload.put("hash", evaluation.hash());
        payload.put("document", "sha256:" + Ledger.sha256(evaluation.json()));
        payload.put("build", BuildRef.idOf(evaluation.build()));
        tx.ledger("evaluation.recorded", evaluation.model() == null ? "" : evaluation.model(), "system", now, payload);
    }

    /** Puts a build's headline metrics into the index of the job's trend; a later value of a metric replaces. */
    static void headline(
            Transaction tx,
            @edu.umd.cs.findbugs.annotations.CheckForNull BuildRef build,
            Map<String, Double> metrics,
            long millis)
            throws SQLException {
        if (build == null || metrics.isEmpty()) {
            return;
        }
        long job = tx.jobId(build.job());
        List<Object[]> deletions = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            long id = tx.metricId(metric.getKey());
            deletions.add(new Object[] {job, id, build.number()});
            rows.add(new Object[] {job, id, build.number(), new Sql.NullDouble(metric.getValue()), millis});
        }
        tx.batch("DELETE FROM mlops_build_metric WHERE job_id = ? AND metric_id = ? AND build = ?", deletions);
        tx.batch(
                "INSERT INTO mlops_build_metric (job_id, metric_id, build, metric_value, millis)"
                        + " VALUES (?, ?, ?, ?, ?)",
                rows);
    }

    static List<EvaluationRecord> of(Sql sql, ModelVersion version) throws SQLException {
        String run = version.runId() == null ? "" : version.runId();
        return sql.list(
                "SELECT e.operation_key, e.model, e.number, e.run_id, e.data_digest, e.metrics_json, e.document,"
                        + " e.document_hash, e.created_millis, j.name AS job, e.build, e.build_url, e.build_ext"
                        + " FROM mlops_evaluation e LEFT JOIN mlops_job j ON j.id = e.job_id"
                        + " WHERE (e.model = ? AND e.number = ?) OR (e.run_id = ? AND e.number = 0) ORDER BY e.id DESC",
                row -> new EvaluationRecord(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        Json.read(row.getString(6), METRICS),
                        row.getString(7),
                        row.getString(8),
                        VersionRows.build(row),
                        row.getLong(9)),
                version.model(),
                version.number(),
                run);
    }

    static List<TrendPoint> trend(Sql sql, String job, String metric, int fromBuild, int limit) throws SQLException {
        List<TrendPoint> newestFirst = sql.list(
                "SELECT b.build, b.metric_value, b.millis FROM mlops_build_metric b"
                        + " WHERE b.job_id = (SELECT id FROM mlops_job WHERE name_hash = ?)"
                        + " AND b.metric_id = (SELECT id FROM mlops_metric_name WHERE name = ?)"
                        + " AND b.build >= ? ORDER BY b.job_id DESC, b.metric_id DESC, b.build DESC LIMIT ?",
                row -> new TrendPoint(row.getInt(1), metric, Sql.NullDouble.read(row, "metric_value"), row.getLong(3)),
                Ledger.sha256(job),
                metric,
                fromBuild,
                limit);
        List<TrendPoint> points = new ArrayList<>(newestFirst);
        Collections.reverse(points);
        return points;
    }

    static List<String> metricNames(Sql sql, String job) throws SQLException {
        return sql.list(
                "SELECT DISTINCT n.name FROM mlops_build_metric b JOIN mlops_job j ON j.id = b.job_id"
                        + " JOIN mlops_metric_name n ON n.id = b.metric_id WHERE j.name_hash = ? ORDER BY n.name",
                row -> row.getString(1),
                Ledger.sha256(job));
    }
}
