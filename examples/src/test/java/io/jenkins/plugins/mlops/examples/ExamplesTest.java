package io.jenkins.plugins.mlops.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.serving.HttpProbe;
import io.jenkins.mlops.serving.ProbeRequest;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Runs each example as a user would: its own folder, its own Jenkinsfile, in the sandbox, with real trainers. */
@WithJenkins
class ExamplesTest {
    @AfterEach
    void endServedProcesses() {
        ExampleJob.endServedProcesses();
    }

    private static Deployment served(String endpoint, WorkflowRun run) throws Exception {
        Deployment served =
                RegistryConnection.get().registry().serving(endpoint).orElseThrow();
        assertThat(served.state()).isEqualTo(DeploymentState.SERVING);
        assertThat(new HttpProbe()
                        .probe(ProbeRequest.get(served.url() + "/v2/health/ready", 5_000))
                        .status())
                .isEqualTo(200);
        assertThat(RegistryConnection.get().registry().byAlias(served.model(), "champion"))
                .isPresent();
        LineageAction lineage = LineageAction.of(run);
        assertThat(lineage.getDatasets()).isNotEmpty();
        assertThat(lineage.getRuns()).hasSize(1);
        assertThat(lineage.getEvaluations()).hasSize(1);
        assertThat(lineage.getVersions()).hasSize(1);
        assertThat(lineage.getPromotions()).hasSize(1);
        assertThat(lineage.getEndpoints()).hasSize(1);
        assertThat(RegistryConnection.get().registry().verifyLedger().intact()).isTrue();
        return served;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jenkinsfile", "Jenkinsfile.declarative"})
    void breastCancerIsServed(String jenkinsfile, JenkinsRule j) throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(ExampleJob.of(j, "breast-cancer", jenkinsfile, ""));

        Deployment served = served("breast-cancer", run);
        j.assertLogContains("Gates: PASS", run);
        j.assertLogContains("serving at " + served.url(), run);
        j.assertLogContains("the endpoint answers:", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jenkinsfile", "Jenkinsfile.declarative"})
    void scikitLearnIsServed(String jenkinsfile, JenkinsRule j) throws Exception {
        String python = pythonWithScikitLearn();
        assumeTrue(python != null, "skipped: no Python with scikit-learn on this machine (Debian: python3-sklearn)");

        WorkflowRun run = j.buildAndAssertSuccess(
                ExampleJob.of(j, "scikit-learn", jenkinsfile, "env.PYTHON = '" + python + "'\n"));

        served("wine", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Jenkinsfile", "Jenkinsfile.declarative"})
    void aGateHoldsTheRegressionBack(String jenkinsfile, JenkinsRule j) throws Exception {
        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, ExampleJob.of(j, "regression", jenkinsfile, ""));

        j.assertLogContains("Gate failed: threshold(metric: 'r2', atLeast: 0.9)", run);
        j.assertLogContains("expected at least 0.9", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
        assertThat(RegistryConnection.get()
                        .registry()
                        .models(null, Page.Request.first(10))
                        .items())
                .isEmpty();
    }

    private static String pythonWithScikitLearn() throws IOException, InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import sklearn")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    return python;
                }
            } catch (IOException notInstalled) {
                continue;
            }
        }
        return null;
    }
}
