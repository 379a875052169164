package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelQuery;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.LoggedModelStatus;
import io.jenkins.mlops.tracking.LoggedModelStore;
import io.jenkins.mlops.tracking.RunModels;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logged models in the registry's database. */
final class JdbcLoggedModels implements LoggedModelStore {
    private static final String INPUT = "I";
    private static final String OUTPUT = "O";

    private final RegistryDatabase database;
    private final Clock clock;

    JdbcLoggedModels(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public LoggedModel create(LoggedModelStart start) {
        return database.write(tx -> {
            long experiment = ExperimentRows.number(
                    ExperimentRows.require(tx, start.experimentId()).id());
            String run = start.sourceRunId();
            if (run != null) {
                RunRows.idOf(tx, run);
            }
            long now = clock.millis();
            String id = "m-" + JdbcTrackingStore.newId(now);
            String name = start.name() == null ? "model-" + id.substring(2, 10) : start.name();
            long row = tx.insert(
                    "INSERT INTO mlops_logged_model (model_id, experiment_id, source_run, name, model_type, status,"
                            + " user_id, created_millis, updated_millis, deleted) VALUES (" + Sql.marks(10) + ")",
                    id,
                    experiment,
                    run,
                    name,
                    start.modelType(),
                    LoggedModelStatus.PENDING,
                    start.userId(),
                    now,
                    now,
                    false);
            LoggedModelRows.params(tx, row, id, start.params());
            LoggedModelRows.tags(tx, row, id, start.tags());
            return new LoggedModel(
                    id,
                    start.experimentId(),
                    name,
                    start.modelType(),
                    run,
                    LoggedModelStatus.PENDING,
                    start.userId(),
                    now,
                    now,
                    start.params(),
                    start.tags(),
                    List.of(),
                    false);
        });
    }

    @Override
    public LoggedModel get(String modelId) {
        return database.read(sql -> LoggedModelRows.require(sql, modelId));
    }

    @Override
    public Page<LoggedModel> search(LoggedModelQuery query, Page.Request page) {
        return query.experimentIds().isEmpty()
                ? new Page<>(List.of(), null)
                : database.read(sql -> LoggedModelSearch.search(sql, query, page));
    }

    @Override
    public void logParams(String modelId, Map<String, String> params) {
        Map<String, String> checked = Limits.params("A model's parameters", params);
        database.write(tx -> {
            LoggedModelRows.params(tx, LoggedModelRows.idOf(tx, modelId), modelId, checked);
            return null;
        });
    }

    @Override
    public LoggedModel finish(String modelId, LoggedModelStatus status) {
        database.write(tx -> tx.update(
                "UPDATE mlops_logged_model SET status = ?, updated_millis = ? WHERE id = ?",
                status,
                clock.millis(),
                LoggedModelRows.idOf(tx, modelId)));
        return get(modelId);
    }

    @Override
    public void setTags(String modelId, Map<String, String> tags) {
        Map<String, String> checked = Limits.tags("A model's tags", tags);
        database.write(tx -> {
            long model = LoggedModelRows.idOf(tx, modelId);
            LoggedModelRows.tags(tx, model, modelId, checked);
            touch(tx, model);
            return null;
        });
    }

    @Override
    public void deleteTag(String modelId, String key) {
        int gone = database.write(tx -> tx.update(
                "DELETE FROM mlops_logged_model_tag WHERE model_id = ? AND tag_key = ?",
                LoggedModelRows.idOf(tx, modelId),
                key));
        if (gone == 0) {
            throw new RegistryException.NotFound(
                    "No tag with key '" + key + "' found for model with ID '" + modelId + "'.");
        }
    }

    @Override
    public void setDeleted(String modelId, boolean deleted) {
        database.write(tx -> tx.update(
                "UPDATE mlops_logged_model SET deleted = ?, updated_millis = ? WHERE id = ?",
                deleted,
                clock.millis(),
                LoggedModelRows.idOf(tx, modelId)));
    }

    private void touch(Transaction tx, long model) throws SQLException {
        tx.update("UPDATE mlops_logged_model SET updated_millis = ? WHERE id = ?", clock.millis(), model);
    }

    @Override
    public void logInputs(String runId, Collection<String> modelIds) {
        RunModels models = new RunModels(List.copyOf(modelIds), List.of());
        database.write(tx -> {
            long run = RunRows.idOf(tx, runId);
            for (String model : models.inputs()) {
                keep(tx, run, INPUT, model, 0);
            }
            return null;
        });
    }

    @Override
    public void logOutputs(String runId, Collection<RunModels.Output> outputs) {
        RunModels models = new RunModels(List.of(), List.copyOf(outputs));
        database.write(tx -> {
            long run = RunRows.idOf(tx, runId);
            for (RunModels.Output output : models.outputs()) {
                keep(tx, run, OUTPUT, output.modelId(), output.step());
            }
            return null;
        });
    }

    private static void keep(Transaction tx, long run, String kind, String model, long step) throws SQLException {
        LoggedModelRows.idOf(tx, model);
        if (tx.update(
                        "UPDATE mlops_run_model SET step = ? WHERE run_id = ? AND kind = ? AND model_id = ?",
                        step,
                        run,
                        kind,
                        model)
                > 0) {
            return;
        }
        int count = tx.first(
                        "SELECT COUNT(*) FROM mlops_run_model WHERE run_id = ? AND kind = ?",
                        row -> row.getInt(1),
                        run,
                        kind)
                .orElse(0);
        Limits.range("The number of a run's logged models", count + 1L, 1, RunModels.MOST);
        tx.update(
                "INSERT INTO mlops_run_model (run_id, kind, model_id, step) VALUES (?, ?, ?, ?)",
                run,
                kind,
                model,
                step);
    }

    @Override
    public Map<String, RunModels> ofRuns(List<String> runIds) {
        if (runIds.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> inputs = new HashMap<>();
        Map<String, List<RunModels.Output>> outputs = new HashMap<>();
        Map<String, RunModels> models = new HashMap<>();
        database.read(sql -> sql.list(
                "SELECT r.run_id, x.kind, x.model_id, x.step FROM mlops_run_model x JOIN mlops_run r ON r.id = x.run_id"
                        + " WHERE r.run_id IN (" + Sql.marks(runIds.size())
                        + ") ORDER BY x.run_id, x.kind, x.step, x.model_id",
                row -> row.getString(2).equals(INPUT)
                        ? inputs.computeIfAbsent(row.getString(1), run -> new ArrayList<>())
                                .add(row.getString(3))
                        : outputs.computeIfAbsent(row.getString(1), run -> new ArrayList<>())
                                .add(new RunModels.Output(row.getString(3), row.getLong(4))),
                runIds.toArray()));
        for (String run : runIds) {
            if (inputs.containsKey(run) || outputs.containsKey(run)) {
                models.put(
                        run, new RunModels(inputs.getOrDefault(run, List.of()), outputs.getOrDefault(run, List.of())));
            }
        }
        return models;
    }
}
