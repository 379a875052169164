package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModelStore;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.ModelMetric;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.RunToken;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Experiments and runs in the registry's database; the writes of many runs share a commit.
 *
 * <p>Runs are no part of the ledger: what a training script logs is not a change of the registry. A version's ledger
 * entry names the run that it came from.
 */
public final class JdbcTrackingStore implements TrackingStore {
    private static final int EXPERIMENT_NAME = 500;

    private final RegistryDatabase database;
    private final Clock clock;
    private final LoggedModelStore loggedModels;

    /** The store in {@code database}, which its owner closes; times of creation are taken from {@code clock}. */
    public JdbcTrackingStore(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
        loggedModels = new JdbcLoggedModels(database, clock);
    }

    @Override
    public Experiment experiment(String name) {
        String checked = Limits.line("An experiment's name", name, EXPERIMENT_NAME);
        Optional<Experiment> found = experimentByName(checked);
        return found.isPresent()
                ? found.get()
                : database.write(tx -> {
                    Optional<Experiment> meanwhile = ExperimentRows.byName(tx, checked);
                    return meanwhile.isPresent()
                            ? meanwhile.get()
                            : ExperimentRows.insert(tx, checked, Map.of(), clock.millis());
                });
    }

    @Override
    public Experiment createExperiment(String name, Map<String, String> tags) {
        String checked = Limits.line("An experiment's name", name, EXPERIMENT_NAME);
        Map<String, String> kept = Limits.tags("An experiment's tags", tags);
        return database.write(tx -> {
            if (ExperimentRows.byName(tx, checked).isPresent()) {
                throw new RegistryException.Conflict("There is an experiment '" + checked + "' already");
            }
            return ExperimentRows.insert(tx, checked, kept, clock.millis());
        });
    }

    @Override
    public Experiment experimentById(String id) {
        return database.read(sql -> ExperimentRows.require(sql, id));
    }

    @Override
    public Optional<Experiment> experimentByName(String name) {
        return database.read(sql -> ExperimentRows.byName(sql, name));
    }

    @Override
    public Page<Experiment> experiments(@CheckForNull String search, Page.Request page) {
        return database.read(sql -> ExperimentRows.page(sql, search, page));
    }

    @Override
    public Page<Experiment> searchExperiments(Query query, Page.Request page) {
        return database.read(sql -> ExperimentRows.search(sql, query, page));
    }

    @Override
    public Experiment renameExperiment(String id, String name) {
        String checked = Limits.line("An experiment's name", name, EXPERIMENT_NAME);
        return database.write(tx -> {
            Experiment experiment = ExperimentRows.require(tx, id);
            Optional<Experiment> other = ExperimentRows.byName(tx, checked);
            if (other.isPresent() && !other.get().id().equals(experiment.id())) {
                throw new RegistryException.Conflict("There is an experiment '" + checked + "' already");
            }
            ExperimentRows.rename(tx, ExperimentRows.number(experiment.id()), checked, clock.millis());
            return ExperimentRows.require(tx, id);
        });
    }

    @Override
    public void setExperimentDeleted(String id, boolean deleted) {
        if (deleted && DEFAULT_EXPERIMENT_ID.equals(id)) {
            throw new IllegalArgumentException("The experiment 'Default' is always there; delete its runs instead");
        }
        database.write(tx -> {
            long experiment =
                    ExperimentRows.number(ExperimentRows.require(tx, id).id());
            ExperimentRows.delete(tx, experiment, deleted, clock.millis());
            return null;
        });
    }

    @Override
    public void setExperimentTag(String id, String key, @CheckForNull String value) {
        Limits.line("A tag's key", key, Limits.KEY);
        Limits.text("The tag " + key, value, Limits.TAG_VALUE);
        database.write(tx -> {
            long experiment =
                    ExperimentRows.number(ExperimentRows.require(tx, id).id());
            ExperimentRows.touch(tx, experiment, clock.millis());
            tx.update("DELETE FROM mlops_experiment_tag WHERE experiment_id = ? AND tag_key = ?", experiment, key);
            if (value != null) {
                tx.update(
                        "INSERT INTO mlops_experiment_tag (experiment_id, tag_key, tag_value) VALUES (?, ?, ?)",
                        experiment,
                        key,
                        value);
            }
            return null;
        });
    }

    @Override
    public TrackedRun createRun(RunStart start) {
        String operation = start.operationKey();
        Experiment experiment = experimentById(start.experimentId());
        return database.write(tx -> {
            Optional<String> before = operation == null
                    ? Optional.empty()
                    : tx.first(
                            "SELECT run_id FROM mlops_run WHERE operation_key = ?", row -> row.getString(1), operation);
            if (before.isPresent()) {
                return RunRows.require(tx, before.get());
            }
            String id = newId(clock.millis());
            String name = nameOf(start, id);
            Object[] build = tx.build(start.build());
            long row = tx.insert(
                    "INSERT INTO mlops_run (run_id, operation_key, experiment_id, name, user_id, status, start_millis,"
                            + " end_millis, environment_json, deleted, job_id, build, build_url, build_ext) VALUES ("
                            + Sql.marks(14) + ")",
                    id,
                    start.operationKey(),
                    ExperimentRows.number(experiment.id()),
                    name,
                    start.userId(),
                    RunStatus.RUNNING,
                    start.startMillis(),
                    0L,
                    start.environment() == null ? null : Json.write(start.environment()),
                    false,
                    build[0],
                    build[1],
                    build[2],
                    build[3]);
            RunWrites.tags(tx, row, start.tags());
            return new TrackedRun(
                    id,
                    experiment.id(),
                    experiment.name(),
                    name,
                    start.userId(),
                    RunStatus.RUNNING,
                    start.startMillis(),
                    0,
                    Map.of(),
                    Map.of(),
                    start.tags(),
                    List.of(),
                    start.environment(),
                    start.build(),
                    false);
        });
    }

    /** 32 hexadecimal digits that nobody guesses; those of later runs are greater, so that an index grows at its end. */
    static String newId(long millis) {
        String random = UUID.randomUUID().toString().replace("-", "");
        return String.format("%012x", millis & 0xffff_ffff_ffffL) + random.substring(12);
    }

    private static String nameOf(RunStart start, String id) {
        String given = start.name();
        if (given != null && !given.isBlank()) {
            return given;
        }
        BuildRef build = start.build();
        return build == null ? "run-" + id.substring(0, 8) : shortened(build.displayName());
    }

    private static String shortened(String name) {
        return name.length() <= Limits.KEY ? name : name.substring(name.length() - Limits.KEY);
    }

    @Override
    public void log(String runId, RunBatch batch, List<ModelMetric> ofModels) {
        database.write(tx -> {
            long run = RunRows.idOf(tx, runId);
            RunWrites.params(tx, run, runId, batch.params());
            RunWrites.tags(tx, run, batch.tags());
            MetricRows.log(tx, run, runId, batch.metrics());
            LoggedModelRows.metrics(tx, ofModels);
            return null;
        });
    }

    @Override
    public void logInputs(String runId, List<DatasetInput> inputs) {
        List<DatasetInput> kept = Limits.list("A run's inputs", inputs, Limits.ENTRIES);
        database.write(tx -> {
            RunWrites.inputs(tx, RunRows.idOf(tx, runId), kept);
            return null;
        });
    }

    @Override
    public void deleteTag(String runId, String key) {
        int gone = database.write(tx ->
                tx.update("DELETE FROM mlops_run_tag WHERE run_id = ? AND tag_key = ?", RunRows.idOf(tx, runId), key));
        if (gone == 0) {
            throw new RegistryException.NotFound("The run " + runId + " has no tag '" + key + "'");
        }
    }

    @Override
    public void setEnvironment(String runId, Environment environment) {
        String json = Json.write(environment);
        database.write(tx ->
                tx.update("UPDATE mlops_run SET environment_json = ? WHERE id = ?", json, RunRows.idOf(tx, runId)));
    }

    @Override
    public TrackedRun update(
            String runId, @CheckForNull RunStatus status, @CheckForNull Long endMillis, @CheckForNull String name) {
        String checked = name == null || name.isBlank() ? null : Limits.line("A run's name", name, Limits.KEY);
        database.write(tx -> {
            long run = RunRows.idOf(tx, runId);
            Long end = endMillis == null && status != null && status.isFinished() ? (Long) clock.millis() : endMillis;
            tx.update(
                    "UPDATE mlops_run SET status = COALESCE(?, status), name = COALESCE(?, name), end_millis ="
                            + (endMillis == null
                                    ? " CASE WHEN end_millis = 0 THEN COALESCE(?, end_millis) ELSE end_millis END"
                                    : " ?")
                            + " WHERE id = ?",
                    status,
                    checked,
                    end,
                    run);
            return null;
        });
        // Not by the writer, which others wait for; and not what the run logged, which may be much.
        return runInfo(runId);
    }

    @Override
    public void setDeleted(String runId, boolean deleted) {
        database.write(
                tx -> tx.update("UPDATE mlops_run SET deleted = ? WHERE id = ?", deleted, RunRows.idOf(tx, runId)));
    }

    @Override
    public TrackedRun run(String runId) {
        return database.read(sql -> RunRows.require(sql, runId));
    }

    @Override
    public TrackedRun runInfo(String runId) {
        return database.read(sql -> RunRows.info(sql, runId));
    }

    @Override
    public List<TrackedRun> runsOfBuild(String job, int build) {
        return database.read(sql -> RunRows.list(
                sql,
                "WHERE j.name_hash = ? AND r.build = ? AND r.deleted = FALSE ORDER BY r.id",
                Ledger.sha256(job),
                build));
    }

    @Override
    public Page<TrackedRun> runs(RunQuery query, Page.Request page) {
        SearchedMetrics.prepare(database, query);
        return database.read(sql -> RunSearch.search(sql, query, page));
    }

    @Override
    public Page<MetricPoint> metricHistory(String runId, String metric, Page.Request page) {
        return database.read(
                sql -> SeriesReader.page(sql, RunRows.idOf(sql, runId), MetricRows.idOf(sql, metric), metric, page));
    }

    @Override
    public List<MetricPoint> metricSeries(String runId, String metric, int points, long fromStep, long toStep) {
        int most = (int) Limits.range("The number of points", points, 2, 10_000);
        return database.read(sql -> SeriesReader.thinned(
                sql, RunRows.idOf(sql, runId), MetricRows.idOf(sql, metric), metric, most, fromStep, toStep));
    }

    @Override
    public void keepToken(String sha256, String runId, String user, boolean mayRegister, boolean mayRequestPromotion) {
        RunToken token = new RunToken(sha256, run(runId), user, mayRegister, mayRequestPromotion);
        database.write(tx -> tx.update(
                "INSERT INTO mlops_run_token (hash, run_id, user_id, may_register, may_promote, millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                token.hash(),
                RunRows.idOf(tx, runId),
                token.user(),
                mayRegister,
                mayRequestPromotion,
                clock.millis()));
    }

    @Override
    public Optional<RunToken> token(String sha256) {
        record Row(String runId, String user, boolean mayRegister, boolean mayPromote) {}
        return database.read(sql -> {
            Optional<Row> row = sql.first(
                    "SELECT r.run_id, t.user_id, t.may_register, t.may_promote FROM mlops_run_token t"
                            + " JOIN mlops_run r ON r.id = t.run_id WHERE t.hash = ?",
                    found -> new Row(found.getString(1), found.getString(2), found.getBoolean(3), found.getBoolean(4)),
                    sha256);
            return row.isEmpty()
                    ? Optional.<RunToken>empty()
                    : Optional.of(new RunToken(
                            sha256,
                            RunRows.info(sql, row.get().runId()),
                            row.get().user(),
                            row.get().mayRegister(),
                            row.get().mayPromote()));
        });
    }

    @Override
    public void revokeTokens(String runId) {
        database.write(tx -> tx.update("DELETE FROM mlops_run_token WHERE run_id = ?", RunRows.idOf(tx, runId)));
    }

    @Override
    public void keepArtifact(String ownerId, VersionFile file) {
        database.write(tx -> {
            ArtifactRows.of(tx, ownerId).keep(tx, file, clock.millis());
            return null;
        });
    }

    @Override
    public Optional<VersionFile> artifact(String ownerId, String path) {
        return database.read(sql -> ArtifactRows.of(sql, ownerId).one(sql, path));
    }

    @Override
    public List<VersionFile> artifacts(String ownerId, String folder) {
        return database.read(sql -> ArtifactRows.of(sql, ownerId).below(sql, folder));
    }

    @Override
    public void forgetArtifact(String ownerId, String path) {
        database.write(tx -> ArtifactRows.of(tx, ownerId).forget(tx, path));
    }

    @Override
    public LoggedModelStore loggedModels() {
        return loggedModels;
    }
}
