package io.jenkins.plugins.mlops.monitor.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Requests as the senders send them, from outside and without a login. */
@WithJenkins
class HooksRootTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private static final String SECRET = "a secret & more";

    private JenkinsRule j;

    @BeforeEach
    void secure(JenkinsRule rule) throws Exception {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("ann"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString(SECRET)));
    }

    private WorkflowJob job(String name, String hooks) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "properties([pipelineTriggers([mlopsHook(hooks: [" + hooks + "])])])\necho 'ran'", true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        return job;
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(j.getURL() + "mlops-hooks/" + path))
                .timeout(Duration.ofMinutes(1)) // an answer that never comes is a fault, not a wait
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> bearer(String path, String body) throws Exception {
        return post(path, body, "Authorization", "Bearer " + SECRET);
    }

    private static String alert(String fingerprint) {
        return "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"Drift\"},"
                + "\"annotations\":{\"summary\":\"<img src=x>\"},\"startsAt\":\"2026-01-31T09:30:00Z\",\"fingerprint\":\""
                + fingerprint + "\"}]}";
    }

    private int builds(WorkflowJob job) throws Exception {
        j.waitUntilNoActivity();
        return job.getLastBuild().getNumber();
    }

    @Test
    void anAlertStartsABuildOnce() throws Exception {
        WorkflowJob job = job("alerts", "alertmanager(credentialsId: 'hook', labels: 'alertname=Drift')");
        HttpResponse<String> first = bearer("alertmanager/alerts", alert("a"));
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEqualTo("{\"events\":\"1\"}");
        assertThat(builds(job)).isEqualTo(2);
        HookCause cause = job.getLastBuild().getCause(HookCause.class);
        assertThat(cause.getShortDescription())
                .isEqualTo("Webhook (alertmanager): alert Drift fires since 2026-01-31T09:30:00Z: <img src=x>");
        assertThat(cause.getAttributes()).containsEntry("alertname", "Drift");
        assertThat(bearer("alertmanager/alerts", alert("a")).body()).isEqualTo("{\"events\":\"0\"}");
        assertThat(bearer("alertmanager/alerts", alert("b").replace("Drift", "Disk"))
                        .body())
                .isEqualTo("{\"events\":\"0\"}");
        assertThat(builds(job)).isEqualTo(2);
    }

    @Test
    void mlflowSignsWhatItSends() throws Exception {
        WorkflowJob job = job("registry", "mlflowEvent(credentialsId: 'hook', event: 'model_version.created')");
        String body =
                "{\"entity\":\"model_version\",\"action\":\"created\",\"data\":{\"name\":\"churn\",\"version\":\"3\"}}";
        String time = String.valueOf(System.currentTimeMillis() / 1_000);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "v1,"
                + Base64.getEncoder()
                        .encodeToString(mac.doFinal(("d-1." + time + "." + body).getBytes(StandardCharsets.UTF_8)));
        String[] headers = {"X-MLflow-Delivery-Id", "d-1", "X-MLflow-Timestamp", time, "X-MLflow-Signature", signature};
        assertThat(post("mlflow/registry", body, headers).statusCode()).isEqualTo(202);
        assertThat(builds(job)).isEqualTo(2);
        // Replayed, forged, and with the secret as a bearer, which MLflow's kind does not take.
        assertThat(post("mlflow/registry", body, headers).body()).isEqualTo("{\"events\":\"0\"}");
        assertThat(post("mlflow/registry", body + " ", headers).statusCode()).isEqualTo(403);
        assertThat(bearer("mlflow/registry", body).statusCode()).isEqualTo(403);
        assertThat(builds(job)).isEqualTo(2);
    }

    @Test
    void whoDoesNotShowTheSecretLearnsNothing() throws Exception {
        job("here", "alertmanager(credentialsId: 'hook'), jsonEvent(credentialsId: 'absent')");
        j.createProject(WorkflowJob.class, "without");
        HttpResponse<String> wrong = post("alertmanager/here", alert("a"), "Authorization", "Bearer wrong");
        assertThat(wrong.statusCode()).isEqualTo(403);
        List<HttpResponse<String>> others = new ArrayList<>();
        others.add(post("alertmanager/here", alert("a")));
        others.add(post("alertmanager/here", "not json", "Authorization", "Bearer "));
        others.add(bearer("alertmanager/nowhere", alert("a")));
        others.add(bearer("alertmanager/without", alert("a")));
        others.add(bearer("s3/here", alert("a")));
        others.add(bearer("nothing/here", alert("a")));
        others.add(bearer("json/here", "{}"));
        others.add(bearer("alertmanager/", alert("a")));
        others.add(bearer("alertmanager", alert("a")));
        others.add(bearer("alertmanager/..%2fhere", alert("a")));
        for (HttpResponse<String> other : others) {
            assertThat(other.body()).as(other.uri().toString()).isEqualTo(wrong.body());
            assertThat(other.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void sizesRatesAndVerbsAreLimited() throws Exception {
        WorkflowJob job = job("limits", "jsonEvent(credentialsId: 'hook')");
        assertThat(bearer("json/limits", "\"" + "x".repeat(HooksRoot.MAX_BYTES) + "\"")
                        .statusCode())
                .isEqualTo(413);
        assertThat(bearer("json/limits", "{").statusCode()).isEqualTo(400);
        HttpResponse<String> got = client.send(
                HttpRequest.newBuilder(URI.create(j.getURL() + "mlops-hooks/json/limits"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(got.statusCode()).isIn(403, 404, 405);
        assertThat(builds(job)).isEqualTo(1);
        TriggerConfiguration.get().setHooksPerMinute(20);
        int slowed = 0;
        for (int i = 0; i < 60; i++) {
            slowed += bearer("json/limits", "{\"n\":" + i + "}").statusCode() == 429 ? 1 : 0;
        }
        assertThat(slowed).isGreaterThan(20);
        assertThat(builds(job)).isGreaterThan(1);
    }

    @Test
    void forgedOnesKeepNoGenuineOneOut() throws Exception {
        WorkflowJob job = job("flooded", "jsonEvent(credentialsId: 'hook')");
        TriggerConfiguration.get().setHooksPerMinute(20);
        for (int i = 0; i < 60; i++) {
            assertThat(post("json/flooded", "{}", "Authorization", "Bearer forged")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(builds(job)).isEqualTo(1);
        assertThat(bearer("json/flooded", "{\"n\":1}").statusCode()).isEqualTo(202);
        assertThat(builds(job)).isEqualTo(2);
    }

    @Test
    void aStormOfEventsFillsNeitherTheQueueNorTheBuild() throws Exception {
        WorkflowJob job = job("storm", "jsonEvent(credentialsId: 'hook')");
        TriggerConfiguration.get().setHooksPerMinute(10_000);
        job.setConcurrentBuild(false);
        for (int i = 0; i < 200; i++) {
            bearer("json/storm", "{\"n\":" + i + "}");
        }
        j.waitUntilNoActivity();
        int total = 0;
        for (var run : job.getBuilds()) {
            assertThat(run.getCauses().size()).isLessThanOrEqualTo(HookEvents.MOST_CAUSES);
            total++;
        }
        assertThat(total).isLessThan(HooksRoot.PER_JOB_AND_MINUTE + 5);
    }

    @Test
    void aJobThatTakesNoBuildsIsSentItAgain() throws Exception {
        WorkflowJob job = job("disabled", "jsonEvent(credentialsId: 'hook')");
        job.setDisabled(true);
        List<LogRecord> logged = Collections.synchronizedList(new ArrayList<>());
        Handler listening = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(HooksRoot.class.getName());
        logger.setLevel(Level.FINE);
        logger.addHandler(listening);
        try {
            assertThat(bearer("json/disabled", "{\"n\":1}").statusCode()).isEqualTo(503);
        } finally {
            logger.removeHandler(listening);
            logger.setLevel(null);
        }
        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.FINE);
            assertThat(record.getThrown()).isNull();
            assertThat(record.getParameters()).containsExactly("disabled takes no builds now");
        });
        job.setDisabled(false);
        assertThat(bearer("json/disabled", "{\"n\":1}").body()).isEqualTo("{\"events\":\"1\"}");
        assertThat(builds(job)).isEqualTo(2);
    }

    @Test
    void cloudEventsAndObjects() throws Exception {
        WorkflowJob job = job(
                "more",
                "cloudEvent(credentialsId: 'hook', type: 'org.x.*'), s3Event(credentialsId: 'hook', bucket: 'data')");
        assertThat(post(
                                "cloudevents/more",
                                "{}",
                                "Authorization",
                                "Bearer " + SECRET,
                                "Content-Type",
                                "application/json",
                                "ce-specversion",
                                "1.0",
                                "ce-type",
                                "org.x.done",
                                "ce-source",
                                "/x",
                                "ce-id",
                                "1")
                        .body())
                .isEqualTo("{\"events\":\"1\"}");
        assertThat(bearer(
                                "s3/more",
                                "{\"Records\":[{\"eventName\":\"s3:ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"data\"},"
                                        + "\"object\":{\"key\":\"a.csv\",\"eTag\":\"1\",\"sequencer\":\"1\"}}}]}")
                        .body())
                .isEqualTo("{\"events\":\"1\"}");
        assertThat(builds(job)).isGreaterThan(1);
    }
}
