package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.retraining.Basis;
import io.jenkins.mlops.monitor.retraining.Effect;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.plugins.mlops.monitor.spec.EndpointHealthSpec;
import io.jenkins.plugins.mlops.monitor.spec.MonitorConfiguration;
import io.jenkins.plugins.mlops.monitor.spec.MonitorSpec;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.HealthLooks;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What live data and endpoints are held to, and what a retraining carries and did. */
@WithJenkins
class MonitorRulesTest {
    private static final long MINUTE = 60_000L;
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
        Files.writeString(folder.resolve("reference.csv"), "amount,score\n" + rows(500, 0, 1));
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private static String rows(int count, double mean, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(String.format("%.4f,%.3f%n", mean + random.nextGaussian(), random.nextDouble()));
        }
        return text.toString();
    }

    private void window(double mean) throws Exception {
        now += 86_400_000L;
        Files.writeString(
                folder.resolve("logs/p" + now + ".csv"), "amount,score\n" + rows(200, mean, mean == 0 ? 1 : now));
        assertThat(MonitorLooks.get().look("churn", now))
                .as(store().monitor("churn").orElseThrow().failure())
                .isTrue();
    }

    private WorkflowJob job(String options) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition(script(options), true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        return job;
    }

    private String script(String options) {
        return "monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '" + folder.resolve("logs")
                + "', pattern: '*.csv', window: '200 rows', alarm: '1 of 1', recover: 1, reference: '"
                + folder.resolve("reference.csv") + "', " + options
                + "))\necho \"trains on ${env.MLOPS_RETRAINING_DATA}\"";
    }

    private SignalState signal(String name) {
        return store().signals("churn").stream()
                .filter(track -> track.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private String page(String path) throws Exception {
        return j.createWebClient().goTo(path).getWebResponse().getContentAsString();
    }

    @Test
    void anEndpointsMetricsBecomePercentilesSignalsAndAPage() throws Exception {
        AtomicInteger good = new AtomicInteger(100);
        AtomicInteger bad = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            int all = good.get() + bad.get();
            byte[] body = ("http_requests_total{code=\"200\"} " + good + "\nhttp_requests_total{code=\"503\"} " + bad
                            + "\nhttp_request_duration_seconds_bucket{le=\"0.1\"} " + good
                            + "\nhttp_request_duration_seconds_bucket{le=\"2\"} " + all
                            + "\nhttp_request_duration_seconds_bucket{le=\"+Inf\"} " + all + "\nfull 0.97\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String origin = "http://localhost:" + server.getAddress().getPort();
            job("health: endpointHealth(metrics: '" + origin
                    + "/metrics', saturation: 'full', maxLatency95: '250ms', window: '1m', maxErrorShare: 0.1)");
            HealthLooks.get().look("churn", now);
            HealthLooks.get().look("churn", now += MINUTE);
            assertThat(store().healthWindows("churn", 5).get(0).notes().get(0))
                    .contains("isn't allowed from the controller");
            assertThat(signal("endpoint:metrics")).isEqualTo(SignalState.ALARM);
            RegistryConfiguration.get()
                    .setAllowedHosts("localhost:" + server.getAddress().getPort());
            for (int minute = 0; minute < 4; minute++) {
                good.addAndGet(50);
                bad.addAndGet(minute >= 2 ? 50 : 0);
                assertThat(HealthLooks.get().look("churn", now += MINUTE)).isTrue();
            }
            assertThat(HealthLooks.get().look("churn", now += MINUTE)).isTrue();
        } finally {
            server.stop(0);
        }
        assertThat(signal("endpoint:metrics")).isEqualTo(SignalState.OK);
        assertThat(signal("endpoint:errors")).isEqualTo(SignalState.ALARM);
        assertThat(signal("endpoint:latency")).isEqualTo(SignalState.ALARM);
        assertThat(signal("endpoint:saturation")).isEqualTo(SignalState.ALARM);
        assertThat(page("mlops-endpoints/monitor/churn/"))
                .contains(
                        "Latency by percentile",
                        "p95",
                        "50.00 % of 100 requests failed",
                        "<polyline",
                        "endpoint:errors");
        assertThat(j.createWebClient()
                        .goTo("mlops-endpoints/monitor/churn/api/json?depth=3", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"failedShare\":0.5", "\"latency95\":1.81", "\"saturation\":0.97");
        assertThat(j.createWebClient()
                        .goTo("mlops-endpoints/prometheus", "text/plain")
                        .getWebResponse()
                        .getContentAsString())
                .contains(
                        "mlops_endpoint_failed_ratio{monitor=\"churn\",model=\"churn\"} 0.5\n",
                        "mlops_endpoint_latency_seconds{monitor=\"churn\",model=\"churn\",quantile=\"0.95\"} 1.81");
        assertThat(page("job/train/")).contains("mlops-endpoints/monitor/churn/");
    }

    @Test
    void metricsBehindASecretComeToTheAgentAndTheSecretToNobodyElse() throws Exception {
        List<String> shown = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            shown.add(authorization);
            byte[] body = "http_requests_total{code=\"200\"} 7\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(authorization.equals("Bearer s3cret-token") ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            j.createSlave("near", "near", null);
            secret("good", "s3cret-token\n");
            secret("wrong", "wr0ng-token");
            secret("broken", "br0ken\ntoken");
            String url = "http://localhost:" + server.getAddress().getPort() + "/metrics";
            String options = "label: 'near', health: endpointHealth(metrics: '" + url + "', window: '1m'";
            WorkflowJob job = job(options + ", metricsCredentialsId: 'good')");
            HealthLooks.get().look("churn", now);
            assertThat(shown).isNotEmpty().containsOnly("Bearer s3cret-token");
            assertThat(store().health("churn").orElseThrow().failure()).isEmpty();

            for (String id : List.of("wrong", "broken", "absent")) {
                shown.clear();
                job.setDefinition(
                        new CpsFlowDefinition(script(options + ", metricsCredentialsId: '" + id + "')"), true));
                j.assertBuildStatusSuccess(job.scheduleBuild2(0));
                HealthLooks.get().look("churn", now += MINUTE);
                assertThat(store().health("churn").orElseThrow().failure())
                        .contains(
                                switch (id) {
                                    case "wrong" -> "answered with status 401";
                                    case "broken" -> "can't be sent as a bearer token";
                                    default -> "credentials of the id 'absent'";
                                })
                        .doesNotContain("wr0ng", "br0ken");
                assertThat(shown.isEmpty()).isEqualTo(!id.equals("wrong"));
                j.assertLogNotContains("token", job.getLastBuild());
            }
            assertThat(page("mlops-endpoints/monitor/churn/")).doesNotContain("s3cret", "wr0ng", "br0ken");

            // Whoever may start a job does not thereby get its secrets.
            WorkflowJob other = j.createProject(WorkflowJob.class, "other");
            other.setDefinition(new CpsFlowDefinition(
                    script(options + ", metricsCredentialsId: 'good'), job: 'train'")
                            .replace("name: 'churn'", "name: 'theirs'"),
                    true));
            j.assertBuildStatus(Result.FAILURE, other.scheduleBuild2(0));
            j.assertLogContains("metricsCredentialsId are credentials of the job 'other'", other.getLastBuild());
            assertThat(store().monitor("theirs")).isEmpty();
        } finally {
            server.stop(0);
        }
    }

    private static void secret(String id, String text) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
    }

    @Test
    void dataThatAreOtherwiseThanExpectedAndTheirValueAreShown() throws Exception {
        job("scoreColumn: 'score', expectations: [expectColumn(column: 'amount', min: -10.0, max: 10.0),"
                + " expectColumn(column: 'gone<b>', severity: 'critical')],"
                + " value: predictionValue(truePositive: 10, falseNegative: -5, costPerPrediction: 0.5, unit: '<EUR>',"
                + " minimum: 50.0)");
        window(0);
        window(40);
        assertThat(signal("data")).isEqualTo(SignalState.ALARM);
        assertThat(signal("value")).isEqualTo(SignalState.ALARM);
        assertThat(page("mlops-endpoints/monitor/churn/"))
                .contains("gone&lt;b", "amount: Expected values from -10.0 to 10.0", "&lt;EUR", "Value by window")
                .doesNotContain("gone<b>", "<EUR>");
    }

    @Test
    void aRetrainingCarriesItsDataAndTellsWhetherItHelped() throws Exception {
        WorkflowJob job = job("retraining: 'automatic', coolDown: '0s', helplessAfter: 1");
        job.addProperty(new ParametersDefinitionProperty(
                parameter("MLOPS_RETRAINING_DATA", "by hand"), parameter("other", "as ever")));
        window(3);
        j.waitUntilNoActivity();
        RetrainingAttempt attempt = store().attempts("churn", 5).get(0);
        assertThat(attempt.state()).isEqualTo(State.SUCCEEDED);
        assertThat(attempt.signal()).isEqualTo("drift");
        assertThat(attempt.digest())
                .isEqualTo(store().windows("churn", 1).get(0).result().digest())
                .startsWith("sha256:");
        j.assertLogContains("trains on " + attempt.digest(), job.getLastBuild());
        ParametersAction parameters = job.getLastBuild().getAction(ParametersAction.class);
        assertThat(parameters.getParameter("MLOPS_RETRAINING_DATA").getValue()).isEqualTo(attempt.digest());
        assertThat(parameters.getParameter("other").getValue()).isEqualTo("as ever");
        assertThat(page("job/train/2/")).contains("Retraining asked for by", attempt.digest());

        // Its version never comes to serve: in vain, and the trigger turns itself down and says so.
        for (int i = 0; i < 3; i++) {
            now = Math.max(now, attempt.endedMillis());
            window(0);
        }
        attempt = store().attempts("churn", 5).get(0);
        assertThat(attempt.effect()).isEqualTo(Effect.NO_DIFFERENCE);
        assertThat(attempt.basis()).isEqualTo(Basis.NONE);
        window(3);
        j.waitUntilNoActivity();
        assertThat(job.getLastBuild().getNumber()).isEqualTo(2);
        assertThat(store().attempts("churn", 5).get(0).state()).isEqualTo(State.SUGGESTED);
        assertThat(String.join(" ", store().decisions("churn", 5).get(0).reasons()))
                .contains("didn't help; until one does, this monitor only suggests");
        assertThat(page("mlops-endpoints/monitor/churn/"))
                .contains("asks people instead of retraining by itself", "its version has not come to serve");
    }

    @Test
    void aMonitorWithoutAJobCanAskPeopleButNotRetrain() {
        MonitorSpec spec = new MonitorSpec("churn", "churn", "/logs");
        spec.setWindow("10 rows");
        spec.setRetraining("automatic");
        assertThatThrownBy(() -> configuration().setMonitors(List.of(spec)))
                .hasMessageContaining("monitor 'churn': retraining: 'automatic' needs the job that retrains");
        assertThat(configuration().getMonitors()).isEmpty();
        spec.setRetraining("suggest");
        spec.setHealth(new EndpointHealthSpec());
        configuration().setMonitors(List.of(spec));
        assertThat(configuration().declared().get(0).job()).isEmpty();
    }

    private static StringParameterDefinition parameter(String name, String value) {
        StringParameterDefinition parameter = new StringParameterDefinition(name);
        parameter.setDefaultValue(value);
        return parameter;
    }

    private MonitorConfiguration configuration() {
        return hudson.ExtensionList.lookupSingleton(MonitorConfiguration.class);
    }
}
