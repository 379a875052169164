package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.OutputStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EvaluateModelStepTest {
    @Test
    void returnsMetricsThatASandboxedScriptCanRead(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "evaluate", Pipelines.onNode(Pipelines.PREDICTIONS + """
                        def e = evaluateModel(predictions: 'predictions.csv', label: 'label', score: 'score', id: 'id',
                            slices: ['region'], gates: [threshold(metric: 'auc', atLeast: 0.8), sampleSize(atLeast: 100)])
                        echo "verdict ${e.verdict} passed ${e.passed} rows ${e.rows}"
                        echo "above 0.8: ${e.metric('auc') > 0.8} interval ${e.lower['roc_auc'] < e.metrics['roc_auc']}"
                        echo "unknown: ${e.metric('nonsense')}"
                        """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("verdict PASS passed true rows 200", run);
        j.assertLogContains("above 0.8: true interval true", run);
        j.assertLogContains("unknown: null", run);
        LineageAction lineage = LineageAction.of(run);
        assertThat(lineage.getEvaluations()).hasSize(1);
        EvaluationDocument document = lineage.document(lineage.getEvaluations().get(0));
        assertThat(document.report().rows()).isEqualTo(200);
        assertThat(document.report().slices()).hasSize(2);
        assertThat(document.gates().results()).hasSize(2);
        assertThat(RegistryConnection.get().registry().headlineMetrics("evaluate", "roc_auc", 1, 10))
                .hasSize(1);
    }

    @Test
    void worksInADeclarativePipelineWithGivenMetrics(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "given",
                Pipelines.declarative("evaluateModel metrics: [rmse: 12.5], rows: 50,"
                        + " gates: [threshold(metric: 'rmse', atMost: 20)]"));

        j.buildAndAssertSuccess(job);
    }

    @ParameterizedTest
    @CsvSource({"failure,FAILURE,false", "unstable,UNSTABLE,true", "none,SUCCESS,true"})
    void aFailedGateDoesWhatTheAuthorAsked(String onFail, String result, boolean goesOn, JenkinsRule j)
            throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "gate-" + onFail,
                Pipelines.onNode(Pipelines.PREDICTIONS
                        + "def e = evaluateModel(predictions: 'predictions.csv', score: 'score', onFail: '" + onFail
                        + "', gates: [threshold(metric: 'auc', atLeast: 0.999)])\n echo \"went on: ${e.verdict}\""));

        WorkflowRun run = j.buildAndAssertStatus(Result.fromString(result), job);

        j.assertLogContains("threshold(metric: 'auc', atLeast: 0.999)", run);
        assertThat(Pipelines.log(run).contains("went on: FAIL")).isEqualTo(goesOn);
        assertThat(LineageAction.of(run).getEvaluations())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.getVerdict()).isEqualTo("FAIL"));
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predictions: 'none.csv', score: 'score' | Expected a predictions file at 'none.csv'",
                "predictions: 'predictions.csv', score: 'skore' | score",
                "predictions: 'predictions.csv', label: 'truth', score: 'score' | label",
                "predictions: '../predictions.csv', score: 'score' | ../predictions.csv",
                "predictions: 'predictions.csv', score: 'id' | between 0 and 1",
                "predictions: 'predictions.csv', score: 'score', task: 'guess' | binary",
                "predictions: 'predictions.csv', score: 'score', confidence: 95 | confidence",
                "predictions: 'predictions.csv', score: 'score', onFail: 'explode' | 'failure', 'unstable' or 'none'",
                "predictions: 'predictions.csv', metrics: [a: 1] | exactly one of",
                "score: 'score' | exactly one of",
                "predictions: 'predictions.csv', score: 'score', gates: [threshold(metric: 'auc')] | exactly one of atLeast and atMost"
            })
    void refusesWithOneSentence(String options, String said, JenkinsRule j) throws Exception {
        WorkflowJob job =
                Pipelines.job(j, "bad", Pipelines.onNode(Pipelines.PREDICTIONS + "evaluateModel(" + options + ")"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(LineageAction.of(run).getEvaluations()).isEmpty();
    }

    @Test
    void comparesWithTheChampionOnTheSameRows(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "compare", Pipelines.onNode(Pipelines.PREDICTIONS + """
                        def e = evaluateModel(predictions: 'predictions.csv', championPredictions: 'predictions.csv',
                            score: 'score', id: 'id', gates: [noWorseThan(metric: 'roc_auc', margin: 0.01)])
                        echo "verdict ${e.verdict}"
                        """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("verdict PASS", run);
    }

    @Test
    void aParquetFileGivesTheSameAsItsRowsInCsv(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "parquet", Pipelines.onNode(Pipelines.PREDICTIONS + """
                        def options = [score: 'score', id: 'id', slices: ['region'], task: 'binary']
                        def a = evaluateModel(options + [predictions: 'predictions.csv', name: 'csv'])
                        def b = evaluateModel(options + [predictions: 'predictions.parquet', name: 'parquet',
                            championPredictions: 'predictions.csv', gates: [noWorseThan(metric: 'auc', margin: 0.01)]])
                        echo "rows ${b.rows}, the same: ${a.metrics == b.metrics} ${a.lower == b.lower}, ${b.verdict}"
                        """));
        FilePath file = j.jenkins.getWorkspaceFor(job).child("predictions.parquet");
        file.getParent().mkdirs();
        try (OutputStream out = file.write()) {
            out.write(BadInputTest.parquet());
        }

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("rows 200, the same: true true, PASS", run);
        assertThat(LineageAction.of(run).getDatasets())
                .extracting(DatasetFact::getFormat)
                .containsExactly("CSV", "PARQUET");
    }

    @Test
    void oneRowIsNotSeveral(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "one",
                Pipelines.onNode("evaluateModel metrics: [auc: 0.9], rows: 1, gates: [sampleSize(atLeast: 1)]"));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        assertThat(Pipelines.log(run)).contains("1 row").doesNotContain("1 rows");
    }
}
