package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.ValueCount;
import io.jenkins.mlops.evaluation.ConfusionMatrix;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateResult;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Records a lineage whose names are what the caller wants them to be, however hostile. */
final class LineageFixture {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private LineageFixture() {}

    /** Data, a run, an evaluation, a version and an endpoint, each of this name where it may be. */
    static void record(WorkflowRun build, String name, String url) throws IOException {
        LineageAction lineage = LineageAction.of(build);
        ColumnProfile column = new ColumnProfile(
                name, ColumnType.TEXT, 0, 1, true, null, 1, 300, List.of(new ValueCount(name, 12, 0)));
        lineage.record(
                new DatasetSnapshot(
                        name,
                        DIGEST,
                        "sha256",
                        1,
                        100,
                        DataFormat.CSV,
                        new DataProfile(12, List.of(column)),
                        List.of()),
                "train");
        BuildRef reference = new BuildRef(build.getParent().getFullName(), build.getNumber(), null, null);
        TrackingStore tracking = RegistryConnection.get().tracking();
        TrackedRun run = tracking.createRun(
                new RunStart(null, tracking.experiment(name).id(), name, "ada", 1_000, Map.of(), reference, null));
        tracking.log(
                run.id(),
                new RunBatch(
                        List.of(
                                new MetricPoint(name, 0.5, 1_000, 0),
                                new MetricPoint(name, Double.NaN, 2_000, 1),
                                new MetricPoint(name, 0.1, 3_000, 2)),
                        Map.of(name, name),
                        Map.of()));
        lineage.record(new RunFact(run.id(), name, name, "FINISHED", 1_000, 94_000));
        evaluate(lineage, name, reference);
        ModelVersion version = RegistryConnection.get()
                .registry()
                .register(Registration.of(
                                "register " + build.getNumber(),
                                "cancer",
                                List.of(new VersionFile("model.json", 10, "b".repeat(64))),
                                "ada")
                        .withBuild(reference, null));
        lineage.record(new VersionFact("cancer", version.number(), version.digest(), run.id(), "e1"));
        lineage.record(new PromotionFact("no-such", "cancer", version.number(), name, "APPLIED", "PASS"));
        lineage.record(new EndpointFact(name, "cancer", version.number(), url, "SERVING"));
    }

    private static void evaluate(LineageAction lineage, String name, BuildRef build) throws IOException {
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        metrics.put("roc_auc", new MetricValue(0.98, 0.96, 0.99, "delong"));
        metrics.put(name, MetricValue.of(Double.NaN));
        EvaluationReport report = new EvaluationReport(
                Task.BINARY,
                name,
                100,
                0.95,
                metrics,
                ConfusionMatrix.of(List.of(name, "b"), new double[][] {{40, 5}, {2, 53}}),
                List.of(new Curve(
                        "roc",
                        name,
                        name,
                        List.of(0.0, 1.0),
                        List.of(0.0, 1.0),
                        List.of(Double.POSITIVE_INFINITY, 0.0),
                        List.of())),
                List.of(new SliceReport(name, name, 90, Map.of("roc_auc", MetricValue.of(0.97)))),
                null,
                List.of(name));
        GateReport gates = GateReport.of(
                List.of(new GateResult(name, Verdict.PASS, name, Map.of(name, Double.POSITIVE_INFINITY))));
        Map<String, Double> headline = Map.of("roc_auc", 0.98, name, Double.NaN);
        lineage.record(
                new EvaluationFact("e1", name, "binary", 100, "PASS", "", "evaluation-1", headline),
                new EvaluationDocument(report, gates));
        trend(RegistryConnection.get().registry(), build, 0.9 + build.number() / 100.0);
    }

    /** Puts a build's headline metric into the registry's index. */
    static void trend(ModelRegistry registry, BuildRef build, double value) {
        registry.recordEvaluation(new EvaluationRecord(
                "evaluate " + build.displayName(),
                null,
                0,
                null,
                null,
                Map.of("roc_auc", value),
                "{}",
                DIGEST,
                build,
                1_000L * build.number()));
    }
}
