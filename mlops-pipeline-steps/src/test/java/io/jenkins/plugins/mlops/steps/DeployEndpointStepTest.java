package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.serving.HttpProbe;
import io.jenkins.mlops.serving.ProbeRequest;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DeployEndpointStepTest {
    private static final String TARGET =
            "target: process(command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', 'Serve.java', '{model}'],"
                    + " files: ['Serve.java'], stopSeconds: 1)";
    private static final String DEPLOY = "def e = deployEndpoint(name: 'm', " + TARGET
            + ", smoke: 'smoke.json', startSeconds: 90, watchSeconds: 1)\n"
            + "echo \"at ${e.url} version ${e.version}\"\n";

    private static WorkflowJob job(JenkinsRule j, String name) throws Exception {
        WorkflowJob job = Pipelines.job(j, name, "echo 'nothing yet'");
        FilePath workspace = j.jenkins.getWorkspaceFor(job);
        try (InputStream server = DeployEndpointStepTest.class.getResourceAsStream("Serve.java")) {
            workspace.child("Serve.java").copyFrom(server);
        }
        workspace
                .child("smoke.json")
                .write(
                        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1.0]}]}",
                        "UTF-8");
        return job;
    }

    private static String register(String mood) {
        return "writeFile file: 'model/weights.txt', text: '" + mood + "'\n"
                + "registerModel name: 'm', path: 'model'\n";
    }

    private static WorkflowJob with(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(Pipelines.onNode(script), true));
        return job;
    }

    private static Optional<Deployment> serving() {
        return RegistryConnection.get().registry().serving("m");
    }

    private static int ask(String url) throws InterruptedException {
        return new HttpProbe()
                .probe(ProbeRequest.get(url + "/v2/health/ready", 5_000))
                .status();
    }

    @Test
    void servesThePromotedVersionAfterTheBuildHasEnded(JenkinsRule j) throws Exception {
        WorkflowJob job = with(job(j, "deploy"), register("good") + "promoteModel model: 'm'\n" + DEPLOY);

        WorkflowRun run = j.buildAndAssertSuccess(job);

        Deployment deployment = serving().orElseThrow();
        j.assertLogContains("at " + deployment.url() + " version 1", run);
        assertThat(ask(deployment.url())).isEqualTo(200);
        assertThat(LineageAction.of(run).getEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getState()).isEqualTo("SERVING"));
        assertThat(RegistryConnection.get()
                        .registry()
                        .promotion(deployment.promotionId())
                        .state())
                .isEqualTo(PromotionState.VERIFIED);
    }

    @Test
    void refusesAVersionThatNobodyPromoted(JenkinsRule j) throws Exception {
        WorkflowJob job =
                with(job(j, "unpromoted"), register("good") + "deployEndpoint(name: 'm', version: 1, " + TARGET + ")");

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("promotion", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(serving()).isEmpty();
    }

    @Test
    void theLedgerNotesAVersionThatIsServedUnpromoted(JenkinsRule j) throws Exception {
        WorkflowJob job = with(
                job(j, "allowed"),
                register("good") + "deployEndpoint(name: 'm', version: 1, allowUnpromoted: true, startSeconds: 90,"
                        + " watchSeconds: 0, " + TARGET + ")");

        j.buildAndAssertSuccess(job);

        assertThat(serving()).isPresent();
        assertThat(RegistryConnection.get()
                        .registry()
                        .ledger("m", io.jenkins.mlops.registry.Page.Request.first(100))
                        .items()
                        .toString())
                .contains("npromoted");
    }

    @ParameterizedTest
    @CsvSource({"ill,3", "nonsense,90", "dies,90"})
    void aBadVersionLeavesTheGoodOneServing(String mood, int startSeconds, JenkinsRule j) throws Exception {
        WorkflowJob job = job(j, "bad-" + mood);
        j.buildAndAssertSuccess(with(job, register("good") + "promoteModel model: 'm'\n" + DEPLOY));
        String url = serving().orElseThrow().url();

        WorkflowRun run = j.buildAndAssertStatus(
                Result.FAILURE,
                with(
                        job,
                        register(mood) + "promoteModel model: 'm'\n"
                                + DEPLOY.replace("startSeconds: 90", "startSeconds: " + startSeconds)));

        assertThat(serving()).hasValueSatisfying(deployment -> {
            assertThat(deployment.version()).isEqualTo(1);
            assertThat(deployment.state()).isEqualTo(DeploymentState.SERVING);
        });
        assertThat(ask(url)).isEqualTo(200);
        j.assertLogContains("version before serves on", run);
        j.assertLogContains("ATTENTION: 'champion' still points at m version 2", run);
        j.assertLogContains("rollbackModel(name: 'm', alias: 'champion')", run);
        assertThat(RegistryConnection.get().registry().byAlias("m", "champion"))
                .as("moved by people, or by a Pipeline that says so")
                .hasValueSatisfying(version -> assertThat(version.number()).isEqualTo(2));
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        List<Deployment> history = RegistryConnection.get().registry().deployments("m", 10);
        assertThat(history.get(0).state()).isEqualTo(DeploymentState.ROLLED_BACK);
    }

    @Test
    void aVersionThatIsStartedAgainIsKnownByItsNewAddress(JenkinsRule j) throws Exception {
        WorkflowJob job = job(j, "again");
        j.buildAndAssertSuccess(with(job, register("good") + "promoteModel model: 'm'\n" + DEPLOY));
        String before = serving().orElseThrow().url();
        assertThat(new HttpProbe()
                        .probe(ProbeRequest.get(before + "/end", 5_000))
                        .status())
                .isEqualTo(200);

        j.buildAndAssertStatus(Result.FAILURE, with(job, register("dies") + "promoteModel model: 'm'\n" + DEPLOY));

        Deployment serving = serving().orElseThrow();
        assertThat(serving.version()).isEqualTo(1);
        assertThat(serving.url()).isNotEqualTo(before);
        assertThat(ask(serving.url())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: 'm' | expected a target",
                "name: 'm', version: 7, target: process(command: ['true']) | 7",
                "name: 'm', alias: 'nobody', target: process(command: ['true']) | under the alias 'nobody'",
                "name: 'm', smoke: 'none.json', target: process(command: ['true']) | Expected a JSON file at 'none.json'",
                "name: 'm', protocol: 'grpc', target: process(command: ['true']) | v2, mlflow, http",
                "name: 'm', target: process(command: []) | command",
                "name: 'm', startSeconds: 5, target: process(command: ['false']) | died",
                "name: 'm', startSeconds: 5, target: process(command: ['no-such-program']) | no-such-program",
                "name: 'm', target: http(url: 'http://127.0.0.1:9/', deployHook: 'http://127.0.0.1:9/deploy') | Allowed hosts"
            })
    void failsWithOneSentence(String options, String said, JenkinsRule j) throws Exception {
        WorkflowJob job = with(
                job(j, "sentences"), register("good") + "promoteModel model: 'm'\ndeployEndpoint(" + options + ")");

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(serving()).isEmpty();
    }
}
