package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import io.jenkins.plugins.mlops.registry.mlflow.RunTokens;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs {@code trainModel}: opens the run, starts the body, collects what it leaves behind, closes the run.
 *
 * <p>A restart finds the execution in one of three phases. Opening and closing are idempotent and are done again; while
 * the body runs, the Pipeline resumes the body by itself and only the reading of the metrics log is taken up here.
 */
final class TrainModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;
    private static final long FOLLOW_MILLIS = 2_000;

    private enum Phase {
        OPENING,
        TRAINING,
        CLOSING
    }

    private final TrainModelStep step;
    private final TrainingFiles files;

    private volatile Phase phase = Phase.OPENING;

    @CheckForNull
    private volatile String runId;

    private volatile long startMillis;

    /** When the body ended; kept, so that a repetition after a restart closes the run in the same way. */
    private volatile long endMillis;

    @CheckForNull
    private volatile Throwable bodyFailure;

    TrainModelExecution(StepContext context, TrainModelStep step) {
        super(context);
        this.step = step;
        this.files = new TrainingFiles(step.getMetricsFile(), step.getParamsFile(), step.getMetricsLog());
    }

    @Override
    public boolean start() throws Exception {
        startMillis = System.currentTimeMillis();
        return super.start();
    }

    @Override
    void work() throws Exception {
        switch (phase) {
            case OPENING -> open();
            case TRAINING -> follow();
            case CLOSING -> close();
        }
    }

    private void open() throws Exception {
        try {
            begin();
        } catch (Exception x) {
            if (runId != null && !isStopping()) {
                closeAfter(x);
            }
            throw x;
        }
    }

    /** The run of a step that fails before or after its body is a failed one. */
    private void closeAfter(Exception failure) throws InterruptedException {
        try {
            recordFact(end(RunStatus.FAILED));
        } catch (IOException | RegistryException x) {
            failure.addSuppressed(x);
        }
    }

    private void begin() throws Exception {
        Run<?, ?> build = run();
        String experiment = step.getExperiment() != null
                ? step.getExperiment()
                : build.getParent().getFullName();
        String name = step.getName() != null ? step.getName() : "build " + build.getNumber();
        TrackedRun tracked = registry()
                .tracking()
                .createRun(new RunStart(
                        operationKey(),
                        registry().tracking().experiment(experiment).id(),
                        name,
                        BuildReferences.startedBy(build),
                        startMillis,
                        step.getTags(),
                        BuildReferences.of(build),
                        null));
        runId = tracked.id();
        PrintStream log = listener().getLogger();
        LoggedLines.open(tracked.id(), log);
        log.println("[mlops] run '" + name + "' (" + tracked.id() + ") of experiment '" + experiment + "'");
        FilePath workspace = workspace();
        registry()
                .tracking()
                .setEnvironment(
                        tracked.id(),
                        workspace.act(EnvironmentTask.of(getContext().get(EnvVars.class))));
        recordFact(tracked);
        TrackedValues.logParams(registry().tracking(), tracked.id(), step.getParams());
        for (DatasetSnapshot snapshot : snapshots(workspace)) {
            lineage().record(snapshot, "train");
            registry().tracking().logInputs(tracked.id(), List.of(input(snapshot)));
            log.println("[mlops] dataset " + SnapshotText.line(snapshot));
        }
        List<Object> contexts = new ArrayList<>(List.of(new TrackedRunHandle(tracked.id())));
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            contexts.add(environment(tracked));
        } else {
            Secret token = Secret.fromString(RunTokens.issue(build, tracked));
            contexts.add(EnvironmentExpander.merge(environment(tracked), new RunTokenVariable(token)));
            contexts.add(BodyInvoker.mergeConsoleLogFilters(
                    getContext().get(ConsoleLogFilter.class), new RunTokenFilter(token)));
        }
        getContext()
                .newBodyInvoker()
                .withContexts(contexts.toArray())
                .withCallback(new Body(this))
                .start();
    }

    private List<DatasetSnapshot> snapshots(FilePath workspace) throws IOException, InterruptedException {
        Map<String, String> wanted = new LinkedHashMap<>();
        String data = step.getData();
        if (data != null) {
            wanted.put(nameOf(data), data);
        }
        wanted.putAll(step.getDatasets());
        List<DatasetSnapshot> snapshots = new ArrayList<>();
        for (Map.Entry<String, String> dataset : wanted.entrySet()) {
            SnapshotTask task = new SnapshotTask(dataset.getKey(), dataset.getValue());
            SnapshotTask.Found found = workspace.act(task);
            FileFingerprints.record(run(), found.md5());
            for (String warning : found.warnings()) {
                listener().getLogger().println("[mlops] warning: " + warning);
            }
            snapshots.add(found.snapshot());
        }
        return snapshots;
    }

    private static String nameOf(String path) {
        String[] parts = path.split("[/\\\\]");
        return parts.length == 0 ? path : parts[parts.length - 1];
    }

    private static DatasetInput input(DatasetSnapshot snapshot) {
        return new DatasetInput(
                snapshot.name(),
                snapshot.digest(),
                "training",
                "local",
                Json.write(Map.of("uri", snapshot.name())),
                null,
                snapshot.profile() == null ? null : Json.write(snapshot.profile()));
    }

    private EnvironmentExpander environment(TrackedRun tracked) throws IOException, InterruptedException {
        TreeMap<String, String> variables = new TreeMap<>();
        variables.put("MLOPS_RUN_ID", tracked.id());
        variables.put("MLOPS_RUN_NAME", tracked.name());
        variables.put("MLOPS_EXPERIMENT", tracked.experiment());
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            variables.put("MLFLOW_TRACKING_URI", root + "mlops");
            variables.put("MLFLOW_RUN_ID", tracked.id());
            variables.put("MLFLOW_EXPERIMENT_ID", tracked.experimentId());
        }
        for (TrackingEnvironment contributor : TrackingEnvironment.all()) {
            variables.putAll(contributor.variables(run(), tracked));
        }
        return EnvironmentExpander.merge(
                getContext().get(EnvironmentExpander.class), EnvironmentExpander.constant(variables));
    }

    private void bodyStarted() {
        phase = Phase.TRAINING;
        background(this::follow);
    }

    private void bodyEnded(@CheckForNull Throwable failure) {
        bodyFailure = failure;
        endMillis = System.currentTimeMillis();
        phase = Phase.CLOSING;
        background(this::close);
    }

    /** Reads what the body has appended to its metrics log, and comes back for more while the body runs. */
    private void follow() throws Exception {
        if (phase != Phase.TRAINING || isStopping()) {
            return;
        }
        LoggedLines.open(runId, listener().getLogger());
        if (!files.hasLog()) {
            return;
        }
        try {
            files.follow(getContext().get(FilePath.class), registry().tracking(), runId, listener());
        } catch (IOException x) { // an agent that is away comes back, and the rest is read at the end anyway
            listener().getLogger().println("[mlops] the metrics log is out of reach for now: " + x.getMessage());
        }
        backgroundLater(this::follow, FOLLOW_MILLIS);
    }

    private void close() throws Exception {
        Throwable failure = bodyFailure;
        if (failure == null) {
            try {
                collect();
            } catch (IOException | RuntimeException x) {
                closeAfter(x);
                throw x;
            }
        } else {
            try {
                collect();
            } catch (IOException | RuntimeException x) { // what the body failed with is what the author has to see
                failure.addSuppressed(x);
                listener().getLogger().println("[mlops] not everything was collected: " + x.getMessage());
            }
        }
        TrackedRun ended = end(statusOf(failure));
        recordFact(ended);
        if (failure != null) {
            getContext().onFailure(failure);
            return;
        }
        Map<String, Double> metrics = new TreeMap<>();
        ended.metrics().forEach((key, point) -> metrics.put(key, point.value()));
        listener().getLogger().println("[mlops] run '" + ended.name() + "' finished" + summary(metrics));
        getContext().onSuccess(new TrainingRun(ended.id(), ended.name(), ended.experiment(), ended.params(), metrics));
    }

    private void collect() throws IOException, InterruptedException {
        files.collect(workspace(), registry().tracking(), runId, listener(), startMillis, endMillis);
    }

    /** Ends the run, which has been opened. */
    private TrackedRun end(RunStatus status) {
        String run = Objects.requireNonNull(runId, "the run to end");
        RunTokens.revoke(run);
        LoggedLines.close(run);
        TrackingStore store = registry().tracking();
        store.update(run, status, endMillis == 0 ? System.currentTimeMillis() : endMillis, null);
        return store.run(run);
    }

    private static RunStatus statusOf(@CheckForNull Throwable failure) {
        if (failure == null) {
            return RunStatus.FINISHED;
        }
        return failure instanceof FlowInterruptedException ? RunStatus.KILLED : RunStatus.FAILED;
    }

    private static String summary(Map<String, Double> metrics) {
        if (metrics.isEmpty()) {
            return "; it logged no metric";
        }
        StringBuilder text = new StringBuilder(":");
        metrics.entrySet().stream()
                .limit(8)
                .forEach(metric -> text.append(' ')
                        .append(metric.getKey())
                        .append('=')
                        .append(TrackedValues.number(metric.getValue())));
        return metrics.size() > 8 ? text + " and " + (metrics.size() - 8) + " more" : text.toString();
    }

    private void recordFact(TrackedRun tracked) throws IOException, InterruptedException {
        lineage()
                .record(new RunFact(
                        tracked.id(),
                        tracked.name(),
                        tracked.experiment(),
                        tracked.status().name(),
                        tracked.startMillis(),
                        tracked.endMillis(),
                        required(FlowNode.class).getId()));
    }

    /** Interrupted before the body began or after it ended: the run must not stay open for ever. */
    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        interruptWork();
        if (runId != null) {
            try {
                recordFact(end(RunStatus.KILLED));
            } catch (RegistryException x) {
                cause.addSuppressed(x);
            }
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return switch (phase) {
            case OPENING -> "opening a tracked run";
            case TRAINING -> "training, run " + runId;
            case CLOSING -> "collecting metrics of run " + runId;
        };
    }

    /** Follows the body from the CPS thread, where the phase changes together with what the Pipeline saves. */
    private static final class Body extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final TrainModelExecution execution;

        Body(TrainModelExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onStart(StepContext context) {
            execution.bodyStarted();
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.bodyEnded(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            execution.bodyEnded(failure);
        }
    }
}
