package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metrics that a run logged, as evidence on the version that was made from it: values as given, without rows to
 * look at.
 *
 * <p>They are taken down with the version, so that what is logged later changes nothing.
 */
public final class LoggedMetrics {
    private static final int MOST_HEADLINES = 20;
    /** The uses of a dataset that a metric of quality may be of; a training's own data is none. */
    private static final Set<String> EVALUATED = Set.of("evaluation", "eval", "validation", "test", "testing");

    private LoggedMetrics() {}

    /** Keeps the version's metrics as its evaluation; does nothing where there are none. */
    public static void keep(ModelVersion version) {
        if (version.metrics().isEmpty()) {
            return;
        }
        String runId = version.runId();
        DatasetInput data = runId == null
                ? null
                : evaluated(RegistryConnection.get().tracking().run(runId));
        EvaluationReport report = EvaluationReport.ofGivenMetrics(version.metrics(), rows(data));
        String json = EvidenceHash.text(new EvaluationDocument(report, GateReport.of(List.of())));
        RegistryConnection.get()
                .registry()
                .recordEvaluation(new EvaluationRecord(
                        key(version),
                        version.model(),
                        version.number(),
                        runId,
                        data == null || !data.digest().matches("[!-~]{8,200}") ? null : data.digest(),
                        headline(version.metrics()),
                        json,
                        EvidenceHash.of(json),
                        version.build(),
                        System.currentTimeMillis()));
    }

    private static String key(ModelVersion version) {
        return "logged-metrics/" + version.model() + "/" + version.number();
    }

    private static Map<String, Double> headline(Map<String, Double> metrics) {
        Map<String, Double> headline = new TreeMap<>();
        metrics.entrySet().stream()
                .filter(metric -> Double.isFinite(metric.getValue()))
                .limit(MOST_HEADLINES)
                .forEach(metric -> headline.put(metric.getKey(), metric.getValue()));
        return headline;
    }

    /** The one dataset that the run says it evaluated on; null when it names none, or several. */
    @CheckForNull
    private static DatasetInput evaluated(TrackedRun run) {
        List<DatasetInput> evaluated = run.inputs().stream()
                .filter(input -> EVALUATED.contains(input.context().toLowerCase(Locale.ROOT)))
                .toList();
        return evaluated.size() == 1 ? evaluated.get(0) : null;
    }

    /** How many rows a dataset has, as its profile says; 0 when that is not known. */
    private static long rows(@CheckForNull DatasetInput data) {
        String profile = data == null ? null : data.profile();
        if (profile == null) {
            return 0;
        }
        try {
            return Math.max(0, Json.tree(profile).path("num_rows").asLong());
        } catch (JsonException e) {
            return 0;
        }
    }

    /** Whether a version was registered over MLflow's API, so that no step said which evaluation is its own. */
    static boolean isOf(ModelVersion version) {
        String source = version.source();
        return source != null && source.startsWith("mlflow-artifacts:");
    }

    /** What {@link #keep} took down for a version; null when there is nothing. */
    @CheckForNull
    static EvaluationReport of(ModelVersion version) {
        String key = key(version);
        return RegistryConnection.get().registry().evaluations(version.model(), version.number()).stream()
                .filter(evaluation -> evaluation.operationKey().equals(key))
                .findFirst()
                .map(evaluation ->
                        Json.read(evaluation.json(), EvaluationDocument.class).report())
                .orElse(null);
    }
}
