package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads runs with their parameters, last metrics, tags and inputs. */
final class RunRows {
    static final String COLUMNS = "SELECT r.id, r.run_id, r.experiment_id, e.name AS experiment, r.name, r.user_id,"
            + " r.status, r.start_millis, r.end_millis, r.environment_json, r.deleted, j.name AS job, r.build,"
            + " r.build_url, r.build_ext";
    static final String FROM = " FROM mlops_run r JOIN mlops_experiment e ON e.id = r.experiment_id"
            + " LEFT JOIN mlops_job j ON j.id = r.job_id ";

    private RunRows() {}

    /** A run's row and its id; the lists around it are still empty. */
    record Row(long id, TrackedRun run) {}

    static long idOf(Sql sql, String runId) throws SQLException {
        return sql.first("SELECT id FROM mlops_run WHERE run_id = ?", row -> row.getLong(1), runId)
                .orElseThrow(() -> missing(runId));
    }

    static TrackedRun require(Sql sql, String runId) throws SQLException {
        return list(sql, "WHERE r.run_id = ?", runId).stream().findFirst().orElseThrow(() -> missing(runId));
    }

    /** The run with its tags alone: for those who ask often. */
    static TrackedRun info(Sql sql, String runId) throws SQLException {
        Row row = sql.first(
                        COLUMNS.replace("r.environment_json", "NULL AS environment_json") + FROM + "WHERE r.run_id = ?",
                        RunRows::row,
                        runId)
                .orElseThrow(() -> missing(runId));
        Map<String, String> tags = new HashMap<>();
        sql.list(
                "SELECT tag_key, tag_value FROM mlops_run_tag WHERE run_id = ?",
                tag -> tags.put(tag.getString(1), tag.getString(2)),
                row.id());
        return row.run().with(Map.of(), Map.of(), tags, List.of());
    }

    private static RegistryException missing(String runId) {
        return new RegistryException.NotFound("There is no run with the id " + runId);
    }

    static List<TrackedRun> list(Sql sql, String condition, Object... values) throws SQLException {
        return complete(sql, sql.list(COLUMNS + FROM + condition, RunRows::row, values));
    }

    static Row row(ResultSet row) throws SQLException {
        String environment = row.getString("environment_json");
        return new Row(
                row.getLong("id"),
                new TrackedRun(
                        row.getString("run_id"),
                        String.valueOf(row.getLong("experiment_id")),
                        row.getString("experiment"),
                        row.getString("name"),
                        row.getString("user_id"),
                        RunStatus.valueOf(row.getString("status")),
                        row.getLong("start_millis"),
                        row.getLong("end_millis"),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        environment == null ? null : Json.read(environment, Environment.class),
                        VersionRows.build(row),
                        row.getBoolean("deleted")));
    }

    static List<TrackedRun> complete(Sql sql, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return List.of();
        }
        Object[] ids = rows.stream().map(Row::id).toArray();
        String in = " IN (" + Sql.marks(ids.length) + ")";
        Map<Long, Map<String, String>> params = new HashMap<>();
        sql.list(
                "SELECT run_id, param_key, param_value FROM mlops_run_param WHERE run_id" + in,
                row -> params.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)),
                ids);
        Map<Long, Map<String, String>> tags = new HashMap<>();
        sql.list(
                "SELECT run_id, tag_key, tag_value FROM mlops_run_tag WHERE run_id" + in,
                row -> tags.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                        .put(row.getString(2), row.getString(3)),
                ids);
        Map<Long, Map<String, MetricPoint>> metrics =
                MetricRows.last(sql, rows.stream().map(Row::id).toList());
        Map<Long, List<DatasetInput>> inputs = new HashMap<>();
        sql.list(
                "SELECT run_id, input_json FROM mlops_run_input WHERE run_id" + in + " ORDER BY run_id, position",
                row -> inputs.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(Json.read(row.getString(2), DatasetInput.class)),
                ids);
        return rows.stream()
                .map(row -> row.run()
                        .with(
                                params.getOrDefault(row.id(), Map.of()),
                                metrics.getOrDefault(row.id(), Map.of()),
                                tags.getOrDefault(row.id(), Map.of()),
                                inputs.getOrDefault(row.id(), List.of())))
                .toList();
    }
}
