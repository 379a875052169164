package io.jenkins.plugins.mlops.examples;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.plugins.mlops.monitor.retraining.RollbackCause;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Bad versions are released, and what serves is the good one again, without a person. */
@WithJenkins
class CanaryRollbackExampleTest {
    private static final String NAME = "diabetes";
    private static final Page.Request ALL = new Page.Request(100, null);

    @TempDir
    Path ward;

    private JenkinsRule j;
    private WorkflowJob job;

    @BeforeEach
    void host(JenkinsRule rule) {
        j = rule;
        TriggerConfiguration.get().setControllerPaths(ward.toString());
    }

    @AfterEach
    void endServedProcesses() {
        ExampleJob.endServedProcesses();
    }

    private String settings() {
        return "env.CANARY_WARD = '" + ward + "'\n";
    }

    private WorkflowRun release(String what, Result result) throws Exception {
        return j.assertBuildStatus(
                result,
                job.scheduleBuild2(0, new ParametersAction(List.of(new StringParameterValue("RELEASE", what)))));
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private static long now() {
        return RegistryConnection.get().clock().millis();
    }

    /** What the endpoint itself says of one patient. */
    private static String answer() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(registry().serving(NAME).orElseThrow().url() + "/v2/models/diabetes/infer"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"inputs\":[{\"name\":\"measurements\",\"shape\":[1,10],\"datatype\":\"FP64\","
                                + "\"data\":[59,2,32.1,101,157,93.2,38,4,4.8598,87]}]}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** What stood under the alias and what was served at a moment. */
    private static List<Integer> stoodAt(long millis) {
        ServedQuery query = ServedQuery.at(millis).ofModel(NAME);
        return List.of(
                registry().aliasesAt(query, ALL).items().get(0).version().number(),
                registry().endpointsAt(query, ALL).items().get(0).version().number());
    }

    private SignalState quality() {
        return RegistryConnection.get().monitors().tracks(NAME).stream()
                .filter(track -> track.name().equals("quality:rmse"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** A hundred patients are asked about, the monitor looks, and a build tells it how they fared. */
    private void patients(ExampleProgram program, WorkflowJob labels) throws Exception {
        program.run(
                ward.toString(),
                ExampleJob.EXAMPLES.resolve("canary-rollback/data/diabetes.csv").toString(),
                "100");
        assertThat(MonitorLooks.get().look(NAME, now()))
                .as(RegistryConnection.get()
                        .monitors()
                        .monitor(NAME)
                        .orElseThrow()
                        .failure())
                .isTrue();
        j.buildAndAssertSuccess(labels);
        j.waitUntilNoActivity();
    }

    /** Falls ill after the switch: the rollout is taken back while it is watched, and the alias with it. */
    private void fallsIll(String goodAnswer) throws Exception {
        WorkflowRun ill = release("falls-ill", Result.FAILURE);
        j.assertLogContains("smoke request: ", ill);
        j.assertLogContains("rolled back: version 1 serves", ill);
        j.assertLogContains("'champion' is diabetes version 1 again", ill);
        assertThat(registry().deployments(NAME, 10).get(0))
                .returns(2, Deployment::version)
                .returns(DeploymentState.ROLLED_BACK, Deployment::state);
        assertThat(stoodAt(now())).containsExactly(1, 1);
        assertThat(answer()).isEqualTo(goodAnswer);
    }

    @Test
    void declarativeTakesBackWhatFallsIll() throws Exception {
        job = ExampleJob.of(j, "canary-rollback", "Jenkinsfile.declarative", settings());
        release("good", Result.SUCCESS);
        fallsIll(answer());
        assertThat(MonitorLooks.get().look(NAME, now())).isTrue();
    }

    @Test
    void badVersionsAreTakenBackByThemselves() throws Exception {
        job = ExampleJob.of(j, "canary-rollback", "Jenkinsfile", settings());
        release("good", Result.SUCCESS);
        long good = now();
        String goodAnswer = answer();

        fallsIll(goodAnswer);

        // Up, tested and promoted, but wrong: labels show it, and the monitor puts the version before back.
        WorkflowJob labels = ExampleJob.of(j, "canary-rollback", "Jenkinsfile.labels", settings());
        try (ExampleProgram program = ExampleProgram.of(j, job, "Ward")) {
            patients(program, labels);
            assertThat(quality()).isEqualTo(SignalState.OK);
            WorkflowRun wrong = release("wrong-units", Result.SUCCESS);
            j.assertLogContains("Gates: PASS", wrong);
            long bad = now();
            assertThat(stoodAt(bad)).containsExactly(3, 3);
            assertThat(answer()).isNotEqualTo(goodAnswer);
            patients(program, labels);
            assertThat(stoodAt(bad)).as("the past stays as it was").containsExactly(3, 3);
        }
        assertThat(quality()).isEqualTo(SignalState.ALARM);
        WorkflowRun back = job.getLastBuild();
        assertThat(back.getNumber()).isEqualTo(4);
        j.assertBuildStatusSuccess(back);
        assertThat(back.getCause(RollbackCause.class).getShortDescription())
                .startsWith("Rollback of diabetes to version 1 as 'champion' by monitor diabetes: The signal"
                        + " 'quality:rmse' is in alarm");
        assertThat(stoodAt(now())).containsExactly(1, 1);
        assertThat(stoodAt(good)).containsExactly(1, 1);
        assertThat(answer()).isEqualTo(goodAnswer);
        Promotion rollback =
                registry().promotion(registry().serving(NAME).orElseThrow().promotionId());
        assertThat(rollback.kind()).isEqualTo(PromotionKind.ROLLBACK);
        assertThat(rollback.requestedBy()).isEqualTo(BuildReferences.SYSTEM);
        assertThat(registry().verifyLedger().intact()).isTrue();
    }
}
