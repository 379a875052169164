package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TrainModelStepTest {
    private static TrackedRun onlyRun(WorkflowJob job, int build) {
        List<TrackedRun> runs = RegistryConnection.get().tracking().runsOfBuild(job.getFullName(), build);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    @Test
    void collectsWhatTheBodyLogsAndLeavesBehind(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "train", Pipelines.onNode("""
                        writeFile file: 'data.csv', text: 'a,b\\n1,x\\n2,y\\n'
                        def run = trainModel(experiment: 'churn', name: 'first', data: 'data.csv',
                            params: [lr: 0.1, "depth": "${3 + 3}"], tags: [team: 'blue'], metricsFile: 'out/metrics.json',
                            paramsFile: 'out/params.yaml') {
                          echo "run id has ${env.MLOPS_RUN_ID.length()} digits in ${env.MLOPS_EXPERIMENT}"
                          logMetric name: 'loss', value: 0.5, step: 1
                          logMetric name: 'loss', value: 0.25, step: 2
                          logParam name: 'optimizer', value: 'adam'
                          logParam name: 'dropout', value: 0.25
                          logParam name: 'heads', value: "${2 * 4}"
                          logParam name: 'nesterov', value: true
                          writeFile file: 'out/metrics.json', text: '{"test": {"auc": 0.93}}'
                          writeFile file: 'out/params.yaml', text: 'seed: 7\\nmodel:\\n  layers: 3\\n'
                        }
                        echo "auc ${run.metrics['test.auc']} of ${run.experiment} with lr ${run.params.lr}"
                        """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("run id has 32 digits in churn", run);
        j.assertLogContains("step 2  loss=0.25", run);
        j.assertLogContains("auc 0.93 of churn with lr 0.1", run);
        TrackedRun tracked = onlyRun(job, 1);
        assertThat(tracked.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(tracked.name()).isEqualTo("first");
        assertThat(tracked.params())
                .containsEntry("lr", "0.1")
                .containsEntry("depth", "6")
                .containsEntry("optimizer", "adam")
                .containsEntry("dropout", "0.25")
                .containsEntry("heads", "8")
                .containsEntry("nesterov", "true")
                .containsEntry("seed", "7")
                .containsEntry("model.layers", "3");
        assertThat(tracked.tags()).containsEntry("team", "blue");
        assertThat(tracked.metrics().get("loss").value()).isEqualTo(0.25);
        assertThat(tracked.inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.name()).isEqualTo("data.csv"));
        assertThat(tracked.environment()).isNotNull();
        LineageAction lineage = LineageAction.of(run);
        assertThat(lineage.getDatasets()).singleElement().satisfies(data -> {
            assertThat(data.getRows()).isEqualTo(2);
            assertThat(data.getDigest()).startsWith("sha256:");
        });
        assertThat(lineage.getRuns())
                .singleElement()
                .satisfies(fact -> assertThat(fact.getStatus()).isEqualTo("FINISHED"));
    }

    @Test
    void worksInADeclarativePipeline(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "declarative", Pipelines.declarative("""
                        trainModel(params: [lr: 1]) {
                          logMetric name: 'loss', value: 1, step: 0
                        }
                        """));

        j.buildAndAssertSuccess(job);

        TrackedRun tracked = onlyRun(job, 1);
        assertThat(tracked.experiment()).isEqualTo("declarative");
        assertThat(tracked.metrics().get("loss").value()).isEqualTo(1);
    }

    @Test
    void followsAMetricsLog(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "follow", Pipelines.onNode("""
                        trainModel(metricsLog: 'metrics.jsonl') {
                          writeFile file: 'metrics.jsonl', text: '{"step": 1, "loss": 0.9}\\n{"step": 2, "loss": 0.8, "note": "x"}\\n'
                        }
                        """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("step 2  loss=0.8", run);
        TrackedRun tracked = onlyRun(job, 1);
        List<MetricPoint> series = RegistryConnection.get().tracking().metricSeries(tracked.id(), "loss", 10);
        assertThat(series).extracting(MetricPoint::step).containsExactly(1L, 2L);
    }

    @Test
    void saysWhatIsMissingFromAStepThatLogs(JenkinsRule j) throws Exception {
        for (String step : List.of("logMetric key: 'loss', value: 1", "logParam key: 'depth', value: 1")) {
            WorkflowJob job = Pipelines.job(j, step.substring(0, 6), Pipelines.onNode("trainModel { " + step + " }"));
            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
            j.assertLogContains("expected a name, found none. Write for example log", run);
            j.assertLogNotContains("\tat ", run);
        }
    }

    @Test
    void closesTheRunOfABodyThatFails(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "failing",
                Pipelines.onNode("trainModel { logMetric name: 'loss', value: 9\n error 'out of memory' }"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("out of memory", run);
        TrackedRun tracked = onlyRun(job, 1);
        assertThat(tracked.status()).isEqualTo(RunStatus.FAILED);
        assertThat(tracked.endMillis()).isPositive();
        assertThat(tracked.metrics()).containsKey("loss");
    }

    @Test
    void saysWhichFileIsMissing(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j, "missing", Pipelines.onNode("trainModel(metricsFile: 'no/such.json') { echo 'training' }"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("Expected the file 'no/such.json' in the workspace after training", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }

    @Test
    void refusesDataOutsideTheWorkspace(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j, "outside", Pipelines.onNode("trainModel(data: '../../secrets.csv') { echo 'training' }"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("../../secrets.csv", run);
        j.assertLogNotContains("training\n", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }

    @Test
    void logsOnlyInsideABlock(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "no-block", Pipelines.onNode("logMetric name: 'loss', value: 1"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("TrackedRunHandle", run);
        j.assertLogContains("trainModel", run);
    }
}
