package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.evaluation.ConfusionMatrix;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.evaluation.SliceReport;
import io.jenkins.mlops.evaluation.Task;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateResult;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvidenceHash;
import io.jenkins.plugins.mlops.registry.promotion.PromotionAsk;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills the registry as Pipelines would. */
final class PagesFixture {
    static final String DATA = "sha256:" + Ledger.sha256("training data");
    static final String SIGNATURE = "{\"inputs\": [{\"name\": \"radius\", \"type\": \"double\"},"
            + " {\"name\": \"texture\", \"type\": \"double\", \"required\": false}],"
            + " \"outputs\": [{\"name\": \"malignant\", \"type\": \"boolean\"}]}";

    private PagesFixture() {}

    static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    /** A version made by a run of a job's build, with an evaluation whose headline is this AUC. */
    static ModelVersion version(String model, String job, int build, double auc) {
        return version(model, job, build, auc, "churn", "model.json");
    }

    /** The same with names that may be hostile. */
    static ModelVersion version(String model, String job, int build, double auc, String name, String file) {
        BuildRef reference = new BuildRef(job, build, null, null);
        TrackingStore tracking = RegistryConnection.get().tracking();
        TrackedRun run = tracking.createRun(new RunStart(
                null, tracking.experiment(name).id(), name, "ada", 1_700_000_000_000L, Map.of(), reference, null));
        tracking.log(
                run.id(),
                new RunBatch(
                        List.of(
                                new MetricPoint("loss", 0.9, 1_700_000_001_000L, 0),
                                new MetricPoint("loss", 0.5, 1_700_000_002_000L, 1),
                                new MetricPoint("loss", 1 - auc, 1_700_000_003_000L, 2)),
                        Map.of("trees", String.valueOf(100 * build), "seed", "7"),
                        Map.of()));
        tracking.logInputs(run.id(), List.of(new DatasetInput(name, DATA, "training", "file", "{}", null, null)));
        tracking.update(run.id(), RunStatus.FINISHED, 1_700_000_060_000L, null);
        evaluate(reference, run.id(), auc, name);
        return registry()
                .register(Registration.of(
                                model + job + build,
                                model,
                                List.of(
                                        new VersionFile(file, 3_000_000L + build, Ledger.sha256(model + build)),
                                        new VersionFile("shared/encoder.json", 120, Ledger.sha256("shared"))),
                                "ada")
                        .withBuild(
                                reference,
                                new CodeRef(
                                        "https://git.example/churn.git", "main", "0123456789abcdef0123", false, "ada"))
                        .withAuthors(Set.of("ada"))
                        .withRun(run.id(), List.of(DATA))
                        .withMetrics(Map.of("roc_auc", auc, "accuracy", auc - 0.04, "latency_p95_ms", 12.0 + build))
                        .withSource(null, SIGNATURE)
                        .withTags(Map.of("team", name), name + " trained by build " + build));
    }

    private static void evaluate(BuildRef build, String run, double auc, String name) {
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        metrics.put("roc_auc", new MetricValue(auc, auc - 0.02, Math.min(1, auc + 0.015), "delong"));
        metrics.put("accuracy", new MetricValue(auc - 0.04, auc - 0.07, auc - 0.01, "wilson"));
        metrics.put("log_loss", MetricValue.of(1 - auc));
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> thresholds = new ArrayList<>();
        for (int i = 0; i <= 20; i++) {
            x.add(i / 20.0);
            y.add(Math.pow(i / 20.0, (1 - auc) / auc));
            thresholds.add(1 - i / 20.0);
        }
        EvaluationReport report = new EvaluationReport(
                Task.BINARY,
                name,
                569,
                0.95,
                metrics,
                ConfusionMatrix.of(List.of("benign", "malignant"), new double[][] {{340, 17}, {12, 200}}),
                List.of(new Curve("roc", "false positive rate", "true positive rate", x, y, thresholds, List.of())),
                List.of(
                        new SliceReport(
                                "region",
                                name,
                                300,
                                Map.of("roc_auc", new MetricValue(auc, auc - 0.03, auc + 0.01, "delong"))),
                        new SliceReport(
                                "region",
                                "south",
                                269,
                                Map.of("roc_auc", new MetricValue(auc - 0.02, auc - 0.06, auc, "delong")))),
                null,
                List.of());
        GateReport gates = GateReport.of(List.of(new GateResult(
                "threshold(metric: 'roc_auc', atLeast: 0.9)",
                Verdict.PASS,
                "roc_auc is " + auc + ", at least 0.9 is wanted.",
                Map.of("value", auc, "bound", 0.9))));
        String json = EvidenceHash.text(new EvaluationDocument(report, gates));
        registry()
                .recordEvaluation(new EvaluationRecord(
                        "evaluate " + build.displayName() + " " + run,
                        null,
                        0,
                        run,
                        null,
                        Map.of("roc_auc", auc),
                        json,
                        EvidenceHash.of(json),
                        build,
                        1_700_000_070_000L));
    }

    /** Wants this many approvals of anybody for a model. */
    static void policy(String model, int approvals) {
        registry()
                .setPolicy(
                        PromotionPolicy.byDefault()
                                .withModel(model, 0)
                                .withApprovals(
                                        approvals == 0 ? List.of() : List.of(new ApprovalRule(approvals, Set.of()))),
                        "admin");
    }

    static Promotion request(ModelVersion version, String alias, String reason) throws IOException {
        return PromotionDesk.request(
                new PromotionAsk(
                        "request " + version.model() + version.number() + alias,
                        version.model(),
                        version.number(),
                        alias,
                        "ada",
                        null,
                        reason,
                        List.of(),
                        List.of()),
                gates -> {});
    }

    static Promotion approve(Promotion promotion, String user, String comment) {
        return registry()
                .decide(new Decision(
                        promotion.id(),
                        true,
                        user,
                        Set.of(),
                        comment,
                        0,
                        promotion.versionDigest(),
                        promotion.evidenceHash()));
    }

    static void serve(ModelVersion version, String endpoint, String alias) {
        begin(version, endpoint, alias);
        registry().finishDeployment(endpoint + version.number(), DeploymentState.SERVING, "http://127.0.0.1:4711/", "");
    }

    /** Begins to deploy under a key that is the endpoint and the version's number. */
    static void begin(ModelVersion version, String endpoint, String alias) {
        String key = endpoint + version.number();
        registry()
                .beginDeployment(new DeploymentRequest(
                        key,
                        endpoint,
                        "process",
                        version.model(),
                        version.number(),
                        version.digest(),
                        alias,
                        true,
                        null,
                        version.build(),
                        "ada"));
    }
}
