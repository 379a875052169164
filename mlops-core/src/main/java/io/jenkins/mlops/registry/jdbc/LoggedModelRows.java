package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelStatus;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.ModelMetric;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads logged models, and writes what runs log of them. */
final class LoggedModelRows {
    static final String COLUMNS = "SELECT m.id, m.model_id, m.experiment_id, m.name, m.model_type, m.source_run,"
            + " m.status, m.user_id, m.created_millis, m.updated_millis, m.deleted FROM mlops_logged_model m ";

    private LoggedModelRows() {}

    /** A row and its id; the lists around it are still empty. */
    record Row(long id, LoggedModel model) {}

    static long idOf(Sql sql, String modelId) throws SQLException {
        return sql.first("SELECT id FROM mlops_logged_model WHERE model_id = ?", row -> row.getLong(1), modelId)
                .orElseThrow(() -> missing(modelId));
    }

    static LoggedModel require(Sql sql, String modelId) throws SQLException {
        return complete(sql, sql.list(COLUMNS + "WHERE m.model_id = ?", LoggedModelRows::row, modelId)).stream()
                .findFirst()
                .orElseThrow(() -> missing(modelId));
    }

    private static RegistryException missing(String modelId) {
        return new RegistryException.NotFound("Logged model with ID '" + modelId + "' not found.");
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                new LoggedModel(
                        row.getString(2),
                        String.valueOf(row.getLong(3)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        LoggedModelStatus.valueOf(row.getString(7)),
                        row.getString(8),
                        row.getLong(9),
                        row.getLong(10),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        row.getBoolean(11)));
    }

    static List<LoggedModel> complete(Sql sql, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Object[] ids = rows.stream().map(Row::id).toArray();
        String in = " IN (" + Sql.marks(ids.length) + ")";
        Map<Long, Map<String, String>> params = pairs(sql, "param", in, ids);
        Map<Long, Map<String, String>> tags = pairs(sql, "tag", in, ids);
        Map<Long, String> names = new HashMap<>();
        rows.forEach(row -> names.put(row.id(), row.model().id()));
        Map<Long, List<ModelMetric>> metrics = new HashMap<>();
        sql.list(
                "SELECT model_id, metric_key, run_id, dataset_name, dataset_digest, metric_value, step, millis"
                        + " FROM mlops_logged_model_metric WHERE model_id" + in
                        + " ORDER BY model_id, metric_key, millis, step",
                row -> metrics.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new ModelMetric(
                                names.get(row.getLong(1)),
                                row.getString(3),
                                new MetricPoint(
                                        row.getString(2),
                                        Sql.NullDouble.read(row, "metric_value"),
                                        row.getLong(8),
                                        row.getLong(7)),
                                row.getString(4),
                                row.getString(5))),
                ids);
        return rows.stream()
                .map(row -> with(
                        row.model(),
                        params.getOrDefault(row.id(), Map.of()),
                        tags.getOrDefault(row.id(), Map.of()),
                        metrics.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** @param what {@code param} or {@code tag} */
    @SuppressFBWarnings(
            value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
            justification = "The SQL is put together from constants alone; the ids are bound")
    private static Map<Long, Map<String, String>> pairs(Sql sql, String what, String in, Object... ids)
            throws SQLException {
        Map<Long, Map<String, String>> pairs = new HashMap<>();
        sql.list(
                "SELECT model_id, " + what + "_key, " + what + "_value FROM mlops_logged_model_" + what
                        + " WHERE model_id" + in,
                row -> pairs.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)),
                ids);
        return pairs;
    }

    private static LoggedModel with(
            LoggedModel model, Map<String, String> params, Map<String, String> tags, List<ModelMetric> metrics) {
        return new LoggedModel(
                model.id(),
                model.experimentId(),
                model.name(),
                model.modelType(),
                model.sourceRunId(),
                model.status(),
                model.userId(),
                model.createdMillis(),
                model.updatedMillis(),
                params,
                tags,
                metrics,
                model.deleted());
    }

    static void params(Transaction tx, long model, String modelId, Map<String, String> params) throws SQLException {
        Map<String, String> known = pairs(tx, "param", " = ?", model).getOrDefault(model, Map.of());
        List<Object[]> rows = new ArrayList<>();
        params.forEach((key, value) -> {
            String before = known.get(key);
            if (before == null) {
                rows.add(new Object[] {model, key, value});
            } else if (!before.equals(value)) {
                throw new RegistryException.Conflict("The parameter '" + key + "' of the model " + modelId + " is '"
                        + before + "' already and can't become '" + value + "'");
            }
        });
        bounded(known.size() + rows.size(), modelId, "parameters");
        tx.batch("INSERT INTO mlops_logged_model_param (model_id, param_key, param_value) VALUES (?, ?, ?)", rows);
    }

    static void tags(Transaction tx, long model, String modelId, Map<String, String> tags) throws SQLException {
        List<Object[]> old = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        tags.forEach((key, value) -> {
            old.add(new Object[] {model, key});
            rows.add(new Object[] {model, key, value});
        });
        tx.batch("DELETE FROM mlops_logged_model_tag WHERE model_id = ? AND tag_key = ?", old);
        tx.batch("INSERT INTO mlops_logged_model_tag (model_id, tag_key, tag_value) VALUES (?, ?, ?)", rows);
        bounded(count(tx, "tag", model), modelId, "tags");
    }

    /** Keeps those metrics that come after what is there. */
    static void metrics(Transaction tx, List<ModelMetric> metrics) throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        for (ModelMetric metric : metrics) {
            Long known = ids.get(metric.modelId());
            long model = known == null ? idOf(tx, metric.modelId()) : known;
            ids.put(metric.modelId(), model);
            MetricPoint point = metric.point();
            Object[] key = {model, point.key(), metric.runId(), metric.datasetName(), metric.datasetDigest()};
            String where = " WHERE model_id = ? AND metric_key = ? AND run_id = ? AND dataset_name = ?"
                    + " AND dataset_digest = ?";
            record Before(long step, long millis) {}
            Before before = tx.first(
                            "SELECT step, millis FROM mlops_logged_model_metric" + where,
                            row -> new Before(row.getLong(1), row.getLong(2)),
                            key)
                    .orElse(null);
            if (before != null
                    && (before.step() > point.step()
                            || before.step() == point.step() && before.millis() > point.timestampMillis())) {
                continue;
            }
            tx.update("DELETE FROM mlops_logged_model_metric" + where, key);
            tx.update(
                    "INSERT INTO mlops_logged_model_metric (model_id, metric_key, run_id, dataset_name,"
                            + " dataset_digest, metric_value, step, millis) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    key[0],
                    key[1],
                    key[2],
                    key[3],
                    key[4],
                    new Sql.NullDouble(point.value()),
                    point.step(),
                    point.timestampMillis());
        }
        for (Map.Entry<String, Long> model : ids.entrySet()) {
            bounded(count(tx, "metric", model.getValue()), model.getKey(), "metrics");
        }
    }

    private static int count(Sql sql, String what, long model) throws SQLException {
        return sql.first(
                        "SELECT COUNT(*) FROM mlops_logged_model_" + what + " WHERE model_id = ?",
                        row -> row.getInt(1),
                        model)
                .orElse(0);
    }

    private static void bounded(int count, String modelId, String what) {
        if (count > LoggedModel.MAX_ENTRIES) {
            throw new IllegalArgumentException("The model " + modelId + " would have " + count + " " + what
                    + ", at most " + LoggedModel.MAX_ENTRIES + " are kept");
        }
    }
}
