package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.Signal;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.monitor.retraining.RetrainingCause;
import io.jenkins.plugins.mlops.monitor.retraining.Retrainings;
import io.jenkins.plugins.mlops.monitor.retraining.RollbackCause;
import io.jenkins.plugins.mlops.monitor.retraining.Rollbacks;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From rows in a log to a retraining and what people decide, by simulated days. */
@WithJenkins
class MonitorTest {
    private static final long DAY = 86_400_000L;
    private static final long START = 1_767_225_600_000L;

    @TempDir
    Path folder;

    private JenkinsRule j;
    private long now = START;

    @BeforeEach
    void host(JenkinsRule rule) throws Exception {
        j = rule;
        TriggerConfiguration.get().setControllerPaths(folder.toString());
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("reference.csv"), "amount,country\n" + rows(500, 0, 1));
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    /** Rows of two columns, the first around a mean. */
    private static String rows(int count, double mean, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format("%.4f,%s%n", mean + random.nextGaussian(), random.nextBoolean() ? "AT" : "DE"));
        }
        return text.toString();
    }

    /** One more simulated day with so many predictions, after which the monitor looks. */
    private boolean day(double mean) throws Exception {
        now += DAY;
        Files.writeString(
                folder.resolve("logs/p" + now + ".csv"), "amount,country\n" + rows(200, mean, mean == 0 ? 1 : now));
        return MonitorLooks.get().look("churn", now);
    }

    /** One more day that goes well. */
    private void goodDay(double mean) throws Exception {
        assertThat(day(mean))
                .as(store().monitor("churn").orElseThrow().failure())
                .isTrue();
        assertThat(store().monitor("churn").orElseThrow().failure()).isEmpty();
    }

    private WorkflowJob job(String options) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition(
                "def m = monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '" + folder.resolve("logs")
                        + "', pattern: '*.csv', window: '200 rows', reference: '" + folder.resolve("reference.csv")
                        + "', "
                        + options + "))\n"
                        + "echo \"${m.name} of ${m.model} at ${m.endpoint} is ${m.state}, for ${env.MLOPS_RETRAINING_SIGNAL}\"",
                true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        return job;
    }

    private SignalState drift() {
        return store().tracks("churn").stream()
                .filter(track -> track.name().equals("drift"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void shiftedDataRetrainOnceAndThenWaitForTheCoolDown() throws Exception {
        WorkflowJob job = job("alarm: '2 of 3', recover: 1, retraining: 'automatic', coolDown: '10d'");
        j.assertLogContains("churn of churn at churn is OK, for null", job.getLastBuild());
        goodDay(0);
        assertThat(drift()).isEqualTo(SignalState.OK);
        goodDay(3);
        assertThat(drift()).isEqualTo(SignalState.SUSPECT);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
        goodDay(3);
        assertThat(drift()).isEqualTo(SignalState.ALARM);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        RetrainingCause cause = job.getLastBuild().getCause(RetrainingCause.class);
        assertThat(cause.getShortDescription())
                .startsWith("Retraining of churn: monitor churn, signal drift in window rows 400-599: ")
                .contains("amount");
        j.assertLogContains("churn of churn at churn is ALARM, for drift", job.getLastBuild());
        RetrainingAttempt attempt = store().attempts("churn", 10).get(0);
        assertThat(attempt.state()).isEqualTo(State.SUCCEEDED);
        assertThat(attempt.build()).isEqualTo("train#2");
        // Still shifted: the policy waits, says why, and never piles up.
        goodDay(3);
        goodDay(3);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(store().decisions("churn", 10).get(0).action()).isEqualTo("WAIT");
        assertThat(String.join(" ", store().decisions("churn", 10).get(0).reasons()))
                .contains("cool-down of 10 days");
        goodDay(0);
        assertThat(drift()).isEqualTo(SignalState.OK);
    }

    @Test
    void aLookThatFailsIsShownAndNothingIsLost() throws Exception {
        job("retraining: 'off'");
        goodDay(0);
        TriggerConfiguration.get().setControllerPaths("/somewhere/else");
        assertThat(day(0)).isFalse();
        MonitorRecord failed = store().monitor("churn").orElseThrow();
        assertThat(failed.failures()).isEqualTo(1);
        assertThat(failed.failure()).contains("not in a folder of the controller that may be watched");
        // Nor is a file to compare with, which the logs' being allowed does not open.
        TriggerConfiguration.get().setControllerPaths(folder.resolve("logs").toString());
        assertThat(day(0)).isFalse();
        assertThat(store().monitor("churn").orElseThrow().failure())
                .contains("reference.csv' is not there, or not in a folder of the controller");
        TriggerConfiguration.get().setControllerPaths(folder.toString());
        assertThat(day(0)).isTrue();
        assertThat(store().monitor("churn").orElseThrow().failures()).isZero();
        assertThat(store().windows("churn", 10)).hasSize(4);
    }

    @Test
    void aPersonDecidesOnASuggestion() throws Exception {
        WorkflowJob job = job("alarm: '1 of 1', retraining: 'suggest', coolDown: '0s'");
        goodDay(4);
        RetrainingAttempt suggested = store().attempts("churn", 10).get(0);
        assertThat(suggested.state()).isEqualTo(State.SUGGESTED);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);

        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody", "reader", "builder", "viewer")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(MlopsPermissions.VIEW)
                .everywhere()
                .to("viewer"));
        String page = "mlops-endpoints/monitor/churn/";
        String html =
                j.createWebClient().login("builder").goTo(page).getWebResponse().getContentAsString();
        assertThat(html).contains("suggested", "alarm", "amount", "mlops-heat--", "Retrain", "Distributions");
        assertThat(j.createWebClient()
                        .login("reader")
                        .goTo(page)
                        .getWebResponse()
                        .getContentAsString())
                .doesNotContain("action=\"decide\"");
        j.createWebClient().login("nobody").assertFails(page, 404);
        JenkinsRule.WebClient plain = j.createWebClient();
        plain.setJavaScriptEnabled(false); // another plugin's, which isn't there
        assertThat(plain.login("nobody")
                        .goTo("mlops-endpoints/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("Nothing is monitored yet");
        assertThat(j.createWebClient()
                        .login("viewer")
                        .goTo("mlops-endpoints/prometheus", "text/plain")
                        .getWebResponse()
                        .getContentAsString())
                .contains("mlops_monitor_state{monitor=\"churn\",model=\"churn\",state=\"ALARM\"} 1\n");
        assertThat(status("reader", HttpMethod.GET, "mlops-endpoints/prometheus", ""))
                .isEqualTo(403);

        assertThat(status("builder", HttpMethod.GET, page + "decide", suggested.key()))
                .isEqualTo(405);
        assertThat(status("reader", HttpMethod.POST, page + "decide", suggested.key()))
                .isEqualTo(403);
        assertThat(status("builder", HttpMethod.POST, page + "decide", "other")).isEqualTo(409);
        assertThat(status("builder", HttpMethod.POST, page + "decide", suggested.key()))
                .isLessThan(400);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(job.getLastBuild().getCause(RetrainingCause.class).getConfirmedBy())
                .isEqualTo("builder");
        assertThat(status("builder", HttpMethod.POST, page + "decide", suggested.key()))
                .isEqualTo(409);
        for (String change : List.of("look", "enable", "delete")) {
            assertThat(status("reader", HttpMethod.POST, page + change, ""))
                    .as(change)
                    .isEqualTo(403);
        }
    }

    private int status(String user, HttpMethod method, String path, String key) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        client.setRedirectEnabled(false);
        WebRequest request = new WebRequest(new URL(j.getURL(), path), method);
        if (method == HttpMethod.POST) {
            request.setRequestParameters(new java.util.ArrayList<>(
                    List.of(new NameValuePair("key", key), new NameValuePair("retrain", "true"))));
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    @Test
    void aJobThatTakesNoBuildsRetrainsLater() throws Exception {
        WorkflowJob job = job("alarm: '1 of 1', retraining: 'automatic'");
        job.setDisabled(true);
        goodDay(4);
        j.waitUntilNoActivity();
        assertThat(store().attempts("churn", 10).get(0).state()).isEqualTo(State.CLAIMED);
        job.setDisabled(false);
        Retrainings.get().followUp(now);
        j.waitUntilNoActivity();
        Retrainings.get().followUp(now);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(store().attempts("churn", 10).get(0).state()).isEqualTo(State.SUCCEEDED);
    }

    private static ModelVersion served(WorkflowJob job, String key) {
        ModelRegistry registry = RegistryConnection.get().registry();
        BuildRef build = new BuildRef(job.getFullName(), 1, null, null);
        ModelVersion version = registry.register(
                Registration.of(key, "churn", List.of(new VersionFile("m.bin", 1, Ledger.sha256(key))), "ada")
                        .withBuild(build, null));
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
        return version;
    }

    @Test
    void aBadRolloutIsTakenBackOnceAndRedeployed() throws Exception {
        WorkflowJob job = job("rollback: '2h'");
        served(job, "good");
        served(job, "bad");
        Deployment bad = RegistryConnection.get().registry().serving("churn").orElseThrow();
        long soon = bad.changedMillis() + 60_000;
        Rollbacks.get().consider(bad, new Signal(SignalState.SUSPECT, 1, soon), soon);
        assertThat(champion()).isEqualTo(2);
        Rollbacks.get().consider(bad, new Signal(SignalState.ALARM, 3, soon), soon);
        j.waitUntilNoActivity();
        assertThat(champion()).isEqualTo(1);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(job.getLastBuild().getCause(RollbackCause.class).getShortDescription())
                .startsWith(
                        "Rollback of churn to version 1 as 'champion' by monitor churn: The signal 'endpoint:ready'");
        Rollbacks.get().consider(bad, new Signal(SignalState.ALARM, 4, soon), soon + 60_000);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(RegistryConnection.get().registry().verifyLedger().intact()).isTrue();
    }

    @Test
    void anOldRolloutIsNotTakenBack() throws Exception {
        WorkflowJob job = job("rollback: '2h'");
        served(job, "good");
        served(job, "bad");
        Deployment old = RegistryConnection.get().registry().serving("churn").orElseThrow();
        long later = old.changedMillis() + 3 * 3_600_000L;
        Rollbacks.get().consider(old, new Signal(SignalState.ALARM, 3, later), later);
        assertThat(champion()).isEqualTo(2);
    }

    /** Predictions of little confidence, made at a moment. */
    private void unsure(String file, long millis) throws Exception {
        StringBuilder text = new StringBuilder("at,p\n");
        for (int i = 0; i < 100; i++) {
            text.append(millis).append(i % 2 == 0 ? ",0.55\n" : ",0.45\n");
        }
        Files.writeString(folder.resolve("logs/" + file), text);
    }

    @Test
    void aVersionIsNotTakenBackForWhatTheOneBeforePredicted() throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition(
                "monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '" + folder.resolve("logs")
                        + "', timeColumn: 'at', window: '100 rows', scoreColumn: 'p', minimumAccuracy: 0.9,"
                        + " alarm: '1 of 1', rollback: '2h'))",
                true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        served(job, "first");
        Thread.sleep(20);
        unsure("a.csv", System.currentTimeMillis());
        Thread.sleep(20);
        served(job, "second");
        long rollout = RegistryConnection.get()
                .registry()
                .serving("churn")
                .orElseThrow()
                .changedMillis();
        assertThat(MonitorLooks.get().look("churn", rollout + 60_000)).isTrue();
        assertThat(store().windows("churn", 1).get(0).version()).isEqualTo(1);
        assertThat(store().tracks("churn"))
                .anyMatch(track -> track.name().startsWith("quality:") && track.state() == SignalState.ALARM);
        assertThat(champion()).isEqualTo(2);
        unsure("b.csv", rollout + 70_000);
        assertThat(MonitorLooks.get().look("churn", rollout + 120_000)).isTrue();
        assertThat(store().windows("churn", 1).get(0).version()).isEqualTo(2);
        assertThat(champion()).isEqualTo(1);
    }

    private static int champion() {
        return RegistryConnection.get()
                .registry()
                .byAlias("churn", "champion")
                .orElseThrow()
                .number();
    }

    @Test
    void theExampleOnTheStepsPageRuns() throws Exception {
        String page = Files.readString(Path.of("").toAbsolutePath().resolve("../src-site/steps/monitorEndpoint.md"));
        int begin = page.indexOf("```groovy\n") + "```groovy\n".length();
        WorkflowJob job = j.createProject(WorkflowJob.class, "example");
        job.setDefinition(new CpsFlowDefinition(page.substring(begin, page.indexOf("```", begin)), true));
        j.buildAndAssertSuccess(job);
        j.assertLogContains("churn watches churn at churn: OK", job.getLastBuild());
    }

    @Test
    void badOptionsAndOtherPeoplesMonitorsAreRefused() throws Exception {
        WorkflowJob job = job("retraining: 'off'");
        WorkflowJob other = j.createProject(WorkflowJob.class, "other");
        for (String[] bad : new String[][] {
            {"name: 'churn', model: 'churn', logs: '/x', window: '10 rows'", "belongs to the job 'train'"},
            {"name: 'a', model: 'm', logs: '/x', window: 'soon', timeColumn: 't'", "expected a span such as"},
            {"name: 'a', model: 'm', logs: '/x'", "timeColumn: expected the column"},
            {"name: 'a', model: 'm', logs: '/x', window: '10 rows', alarm: 'often'", "expected a count such as 2 of 3"},
            {"name: 'a', model: 'm', logs: '/x', window: '10 rows', retraining: 'always'", "off, suggest or automatic"},
            {"name: 'a', model: 'm', logs: '/x', window: '10 rows', pattern: '../*'", "a pattern below the folder"},
            {"name: 'a', model: 'm', logs: '/x', window: '10 rows', job: 'absent'", "no job 'absent'"}
        }) {
            other.setDefinition(new CpsFlowDefinition("monitorEndpoint(monitor(" + bad[0] + "))", true));
            WorkflowRun run = j.assertBuildStatus(Result.FAILURE, other.scheduleBuild2(0));
            assertThat(JenkinsRule.getLog(run)).as(bad[0]).contains(bad[1]);
        }
        assertThat(store().monitors()).hasSize(1);
        assertThat(job.getLastBuild().getNumber()).isEqualTo(1);
    }
}
