package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.mlops.evaluation.ComparedChampion;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.EvaluationText;
import io.jenkins.mlops.gate.GateEvaluator;
import io.jenkins.mlops.gate.GateInput;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.GateText;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.MetricsFile;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.EvidenceHash;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code evaluateModel}: one callable to the agent, then gates, records and the verdict's effect. */
final class EvaluateModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    /** The metrics that name a model in one line, by kind of prediction; the first ones there are taken. */
    private static final List<String> HEADLINE = List.of(
            "roc_auc",
            "average_precision",
            "f1",
            "f1_macro",
            "accuracy",
            "balanced_accuracy",
            "log_loss",
            "r2",
            "rmse",
            "mae",
            "ndcg",
            "map",
            "mrr",
            "exact_match",
            "rouge_l",
            "bleu");

    private static final int MOST_HEADLINES = 5;

    private final EvaluateModelStep step;

    EvaluateModelExecution(StepContext context, EvaluateModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        int sources = (step.getPredictions() == null ? 0 : 1)
                + (step.getMetrics().isEmpty() ? 0 : 1)
                + (step.getMetricsFile() == null ? 0 : 1);
        if (sources != 1) {
            throw new AbortException("evaluateModel: expected exactly one of predictions (a file to compute metrics"
                    + " from), metrics (a map of given values) and metricsFile, found "
                    + (sources == 0 ? "none" : sources) + ".");
        }
        return super.start();
    }

    @Override
    void work() throws Exception {
        // Options that cannot be read are refused here, before anything is computed.
        List<GateRule> rules = Gate.rules(step.getGates());
        VerdictEffect onFail = VerdictEffect.parse("onFail", step.getOnFail());
        VerdictEffect onInconclusive = VerdictEffect.parse("onInconclusive", step.getOnInconclusive());
        EvaluationReport report;
        String dataDigest = "";
        if (step.getPredictions() != null) {
            EvaluationOptions options =
                    step.evaluationOptions(GateEvaluator.requiredLevel(rules).orElse(0));
            EvaluateTask.Outcome outcome =
                    workspace().act(new EvaluateTask(step.getPredictions(), step.getChampionPredictions(), options));
            report = outcome.report().comparedAgainst(champion());
            dataDigest = outcome.snapshot().digest();
            lineage().record(outcome.snapshot(), "evaluate");
        } else {
            report = EvaluationReport.ofGivenMetrics(givenMetrics(), step.getRows());
        }
        GateReport gates = GateEvaluator.check(rules, gateInput(report, rules));
        PrintStream log = listener().getLogger();
        EvaluationText.lines(report).forEach(log::println);
        GateText.lines(gates).forEach(log::println);
        String id = required(FlowNode.class).getId();
        keep(id, report, gates, dataDigest);
        EvaluationListener.fire(
                run(),
                listener(),
                new RecordedEvaluation(
                        Util.fixNull(step.getName()),
                        report,
                        gates,
                        championMetrics(report),
                        step.getChecksName(),
                        step.isSkipPublishingChecks()));
        EvaluationResult result = new EvaluationResult(id, gates.verdict().name(), report);
        if (gates.verdict() == Verdict.FAIL) {
            onFail.apply(VerdictEffect.explain(gates), getContext());
        } else if (gates.verdict() == Verdict.INCONCLUSIVE) {
            onInconclusive.apply(VerdictEffect.explain(gates), getContext());
        }
        getContext().onSuccess(result);
    }

    private Map<String, Double> givenMetrics() throws IOException, InterruptedException {
        if (step.getMetricsFile() == null) {
            return step.getMetrics();
        }
        SmallTextFile file =
                SmallTextFile.required(workspace(), step.getMetricsFile(), "a file with metrics", "metricsFile");
        return MetricsFile.parse(file.path(), file.bytes()).metrics();
    }

    private GateInput gateInput(EvaluationReport report, List<GateRule> rules) {
        GateInput input = GateInput.of(report);
        for (Map.Entry<String, Double> measured : step.getMeasurements().entrySet()) {
            input = input.measured(measured.getKey(), measured.getValue());
        }
        if (report.comparison() != null) {
            input = input.comparedWith(step.getAlias(), report.comparison());
        }
        for (GateRule rule : rules) {
            if (rule instanceof NoWorseThan gate
                    && !input.comparisons().containsKey(gate.alias())
                    && isVacant(gate.alias())) {
                input = input.withVacant(gate.alias());
            }
        }
        return input;
    }

    /** Which version the candidate is compared with: known only of a named model, and never taken from the agent. */
    @CheckForNull
    private ComparedChampion champion() {
        return step.getModel() == null
                ? null
                : registry()
                        .registry()
                        .byAlias(step.getModel(), step.getAlias())
                        .map(holder -> new ComparedChampion(step.getAlias(), holder.number(), holder.digest()))
                        .orElse(null);
    }

    /** What the champion was registered with, to show beside the candidate where the two were not compared. */
    private Map<String, Double> championMetrics(EvaluationReport report) {
        return step.getModel() == null || report.comparison() != null
                ? Map.of()
                : registry()
                        .registry()
                        .byAlias(step.getModel(), step.getAlias())
                        .map(ModelVersion::metrics)
                        .orElse(Map.of());
    }

    /** Nobody can be worse than no one: but that the alias is vacant is known only of a named model. */
    private boolean isVacant(String alias) {
        return step.getModel() != null
                && registry().registry().byAlias(step.getModel(), alias).isEmpty();
    }

    private void keep(String id, EvaluationReport report, GateReport gates, String dataDigest)
            throws IOException, InterruptedException {
        Run<?, ?> build = run();
        EvaluationDocument document = new EvaluationDocument(report, gates);
        Map<String, Double> headline = headline(report);
        String runId = runId();
        lineage()
                .record(
                        new EvaluationFact(
                                id,
                                step.getName() != null
                                        ? step.getName()
                                        : report.task().displayName(),
                                report.task().name(),
                                report.rows(),
                                gates.verdict().name(),
                                dataDigest,
                                "evaluation-" + id,
                                headline,
                                runId),
                        document);
        String json = EvidenceHash.text(document);
        BuildRef reference = BuildReferences.of(build);
        registry()
                .registry()
                .recordEvaluation(new EvaluationRecord(
                        operationKey(),
                        null,
                        0,
                        runId,
                        dataDigest.isEmpty() ? null : dataDigest,
                        headline,
                        json,
                        EvidenceHash.of(json),
                        reference,
                        System.currentTimeMillis()));
    }

    /** The run in whose block the step stands, else the last one that it comes after. */
    @CheckForNull
    private String runId() throws IOException, InterruptedException {
        TrackedRunHandle inside = getContext().get(TrackedRunHandle.class);
        return inside != null
                ? inside.getRunId()
                : new Precedents(lineage(), required(FlowNode.class))
                        .run()
                        .map(RunFact::getId)
                        .orElse(null);
    }

    private static Map<String, Double> headline(EvaluationReport report) {
        Map<String, Double> headline = new LinkedHashMap<>();
        for (String name : HEADLINE) {
            if (headline.size() < MOST_HEADLINES && report.metrics().containsKey(name)) {
                put(headline, report, name);
            }
        }
        for (String name : report.metrics().keySet()) {
            if (headline.size() < MOST_HEADLINES && !headline.containsKey(name)) {
                put(headline, report, name);
            }
        }
        return headline;
    }

    private static void put(Map<String, Double> headline, EvaluationReport report, String name) {
        double value = report.metrics().get(name).value();
        if (!Double.isNaN(value) && !Double.isInfinite(value)) {
            headline.put(name, value);
        }
    }

    @Override
    public String getStatus() {
        return "evaluating";
    }
}
