package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CompareModelsStepTest {
    private static final String TWO_VERSIONS = """
            for (n in [1, 2]) {
              trainModel(experiment: 'e', params: [depth: n, seed: 7]) { echo 'training' }
              writeFile file: 'metrics.json', text: "{\\"accuracy\\": 0.9${n}, \\"log_loss\\": 0.${n}, \\"mine\\": ${n}}"
              evaluateModel metricsFile: 'metrics.json'
              writeFile file: 'model/w.json', text: "{\\"w\\": ${n}}"
              registerModel name: 'risk', path: 'model', tags: [round: "${n}"]
            }
            """;

    @Test
    void printsAndReturnsWhatDiffers(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "compare", Pipelines.onNode(TWO_VERSIONS) + """
                def c = compareModels(name: 'risk', from: 1, to: '2')
                echo "better ${c.better} worse ${c.worse} params ${c.changedParams} data ${c.sameData}"
                echo "accuracy ${c.metrics['accuracy'].from} ${c.metrics['accuracy'].to} ${c.metrics['accuracy'].change}"
                echo "mine ${c.metrics.mine.change} ${c.from} ${c.to}"
                """);

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("better [accuracy] worse [log_loss] params [depth] data false", run);
        j.assertLogContains("accuracy 0.91 0.92 BETTER", run);
        j.assertLogContains("mine UNKNOWN 1 2", run);
        assertThat(Pipelines.log(run)).containsPattern("accuracy +0.9100 +0.9200 +\\+0.01000 +better");
        assertThat(Pipelines.log(run)).containsPattern("depth +1 +2").contains("files: 1 of 1 differ");
    }

    @Test
    void comparesThisBuildsVersionWithTheChampionInDeclarative(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "declarative",
                Pipelines.declarative("script {\n" + TWO_VERSIONS
                        + "}\npromoteModel model: 'risk', version: 1\ncompareModels name: 'risk'"));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("comparing risk version 1 with risk version 2", run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: 'risk', from: 1, to: 9 | version 9",
                "name: 'risk', to: 1 | under the alias 'champion'",
                "name: 'risk', from: 1 | found none registered by this build",
                "name: 'nobody', from: 1, to: 2 | nobody"
            })
    void refuses(String options, String said, JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(Pipelines.job(
                j, "register", Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'risk', path: 'model'")));

        WorkflowRun run =
                j.buildAndAssertStatus(Result.FAILURE, Pipelines.job(j, "refused", "compareModels(" + options + ")"));

        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }
}
