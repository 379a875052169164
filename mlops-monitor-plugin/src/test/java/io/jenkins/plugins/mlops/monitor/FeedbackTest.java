package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.QualityRecord;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.monitor.retraining.RollbackCause;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From labels that come late to a signal, and to the version before. */
@WithJenkins
class FeedbackTest {
    private static final int ROWS = 100;

    @TempDir
    Path folder;

    private JenkinsRule j;
    private WorkflowJob job;

    @BeforeEach
    void host(JenkinsRule rule) throws Exception {
        j = rule;
        TriggerConfiguration.get().setControllerPaths(folder.toString());
        Files.createDirectories(folder.resolve("logs"));
        job = j.createProject(WorkflowJob.class, "train");
        run("monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '" + folder.resolve("logs")
                + "', pattern: '*.csv', window: '" + ROWS
                + " rows', idColumn: 'id', alarm: '2 of 3', recover: 1, rollback: '2h'))");
    }

    private WorkflowRun run(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return j.buildAndAssertSuccess(job);
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private static SignalTrack accuracy() {
        return store().tracks("churn").stream()
                .filter(track -> track.name().equals("quality:accuracy"))
                .findFirst()
                .orElseThrow();
    }

    /** One more window of predictions, all of them positive. */
    private void predict(int window) throws Exception {
        StringBuilder text = new StringBuilder("id,amount,score\n");
        for (int i = 0; i < ROWS; i++) {
            text.append('w')
                    .append(window)
                    .append('-')
                    .append(i)
                    .append(',')
                    .append(i)
                    .append(",0.9\n");
        }
        Files.writeString(folder.resolve("logs/p" + window + ".csv"), text);
        assertThat(MonitorLooks.get().look("churn", System.currentTimeMillis()))
                .as(store().monitor("churn").orElseThrow().failure())
                .isTrue();
    }

    /** Labels a window, of which so many were predicted right. */
    private WorkflowRun label(int window, int right) throws Exception {
        StringBuilder text = new StringBuilder("id,label\\n");
        for (int i = 0; i < ROWS; i++) {
            text.append('w').append(window).append('-').append(i).append(i < right ? ",1\\n" : ",0\\n");
        }
        return run("node { writeFile file: 'labels.csv', text: '" + text + "'\n"
                + "def f = recordFeedback(monitor: 'churn', file: 'labels.csv', score: 'score', positive: '1',"
                + " task: 'binary')\n"
                + "echo \"added ${f.added} repeated ${f.repeated} corrected ${f.corrected} matched ${f.matched}"
                + " unknown ${f.unknown} windows ${f.windows}\" }");
    }

    private void serve(String key, double accuracy) {
        ModelRegistry registry = RegistryConnection.get().registry();
        BuildRef build = new BuildRef("train", 1, null, null);
        ModelVersion version = registry.register(
                Registration.of(key, "churn", List.of(new VersionFile("m.bin", 1, Ledger.sha256(key))), "ada")
                        .withBuild(build, null)
                        .withMetrics(Map.of("accuracy", accuracy)));
        registry.override("o" + key, "churn", version.number(), "champion", "root", "test");
        registry.beginDeployment(new DeploymentRequest(
                "d" + key,
                "churn",
                "process",
                "churn",
                version.number(),
                version.digest(),
                "champion",
                false,
                null,
                build,
                "ada"));
        registry.finishDeployment("d" + key, DeploymentState.SERVING, "http://localhost:1/", "");
    }

    @Test
    void labelsThatShowABadVersionPutTheLastGoodOneBack() throws Exception {
        serve("good", 0.9);
        predict(0);
        j.assertLogContains("added 100 repeated 0 corrected 0 matched 100 unknown 0 windows 1", label(0, 92));
        assertThat(accuracy().state()).isEqualTo(SignalState.OK);
        j.assertLogContains("added 0 repeated 100 corrected 0 matched 100 unknown 0 windows 0", label(0, 92));
        assertThat(accuracy().evidence())
                .contains("accuracy is 0.920", "100 of 100", "version 1 was evaluated at 0.900");

        serve("bad", 0.95);
        predict(1);
        label(1, 60);
        assertThat(accuracy().state()).isEqualTo(SignalState.SUSPECT);
        // Labels that come before their predictions wait for them: it is the look that meets them.
        j.assertLogContains("matched 200 unknown 100", label(2, 55));
        predict(2);
        assertThat(accuracy().state()).isEqualTo(SignalState.ALARM);
        j.waitUntilNoActivity();
        assertThat(RegistryConnection.get()
                        .registry()
                        .byAlias("churn", "champion")
                        .orElseThrow()
                        .number())
                .isEqualTo(1);
        assertThat(job.getLastBuild().getCause(RollbackCause.class).getShortDescription())
                .contains("quality:accuracy");

        // Corrected labels heal it.
        label(2, 97);
        assertThat(accuracy().state()).isIn(SignalState.SUSPECT, SignalState.RECOVERING, SignalState.OK);
        QualityRecord youngest = store().qualities("churn", 10).get(0);
        assertThat(youngest.quality().metrics().get("accuracy").value()).isEqualTo(0.97);

        String page = j.createWebClient()
                .goTo("mlops-endpoints/monitor/churn/")
                .getWebResponse()
                .getContentAsString();
        assertThat(page).contains("Quality with labels", "rows 200-299", "100 of 100");
        assertThat(j.createWebClient()
                        .goTo("mlops-endpoints/monitor/churn/feedback/api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"metric\":\"accuracy\"", "\"window\":\"rows 200-299\"");
        assertThat(store().delete("churn")).isTrue();
        assertThat(store().feedback("churn")).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        WorkflowJob other = j.createProject(WorkflowJob.class, "other");
        for (String[] bad : new String[][] {
            {"monitor: 'none', file: 'l.csv', score: 's'", "there is no monitor 'none'"},
            {"monitor: 'churn', file: 'l.csv', score: 's'", "Expected a file of labels at 'l.csv'"},
            {"monitor: 'churn', file: '../l.csv', score: 's'", "l.csv"},
            {"monitor: 'churn', file: 'l.csv'", "prediction"},
            {"monitor: 'churn', file: 'l.csv', score: 's', margin: -1", "a margin of 0 or more"}
        }) {
            other.setDefinition(new CpsFlowDefinition("node { recordFeedback(" + bad[0] + ") }", true));
            WorkflowRun run = j.assertBuildStatus(Result.FAILURE, other.scheduleBuild2(0));
            assertThat(JenkinsRule.getLog(run)).as(bad[0]).contains(bad[1]);
        }
        assertThat(store().feedback("churn")).isEmpty();
    }

    @Test
    void theExampleOnTheStepsPageRuns() throws Exception {
        String page = Files.readString(Path.of("").toAbsolutePath().resolve("../src-site/steps/recordFeedback.md"));
        int begin = page.indexOf("```groovy\n") + "```groovy\n".length();
        TriggerConfiguration.get().setControllerPaths(j.jenkins.getRootDir().getPath());
        WorkflowJob example = j.createProject(WorkflowJob.class, "example");
        example.setDefinition(new CpsFlowDefinition(page.substring(begin, page.indexOf("```", begin)), true));
        j.buildAndAssertSuccess(example);
        j.assertLogContains("2 labels came, 2 wait for their predictions", example.getLastBuild());
    }
}
