package io.jenkins.plugins.mlops.monitor.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.plugins.mlops.monitor.spec.MonitorSpec;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.monitor.watch.Recordings;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
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

/** Predictions as serving processes and their loggers send them, from outside and without a login. */
@WithJenkins
class RecorderRootTest {
    private static final String SECRET = "recorder's secret";

    private final HttpClient client = HttpClient.newHttpClient();
    private JenkinsRule j;

    @BeforeEach
    void monitors(JenkinsRule rule) throws Exception {
        j = rule;
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("ann"));
        for (String id : List.of("hook", "empty")) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(
                            CredentialsScope.GLOBAL, id, "", Secret.fromString(id.equals("empty") ? "" : SECRET)));
        }
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition(
                script("churn", "recorderCredentialsId: 'hook', idColumn: 'id', window: '4 rows'")
                        + script("blank", "recorderCredentialsId: 'empty', window: '4 rows'")
                        + script("absent", "recorderCredentialsId: 'absent', window: '4 rows'"),
                true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
    }

    private static String script(String name, String options) {
        return "monitorEndpoint(monitor(name: '" + name + "', model: 'churn', logs: '', " + options + "))\n";
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(j.getURL() + "mlops-recorder/" + path))
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> bearer(String path, String body, String... headers) throws Exception {
        String[] all = Stream.concat(Stream.of("Authorization", "Bearer " + SECRET), Stream.of(headers))
                .toArray(String[]::new);
        return post(path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    private static String recorded(String monitor) throws IOException {
        Path folder = Recordings.folder(monitor);
        if (!Files.isDirectory(folder)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(each -> each.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void whatIsSentIsWhatTheMonitorLooksAt() throws Exception {
        HttpResponse<String> lines =
                bearer("churn", "{\"id\":\"a\",\"x\":1,\"time\":1}\n{\"id\":\"b\",\"x\":2,\"time\":2}\n");
        assertThat(lines.statusCode()).isEqualTo(202);
        assertThat(lines.body()).isEqualTo("{\"recorded\":\"2\"}");
        String[] event = {
            "Content-Type", "application/json", "ce-specversion", "1.0", "ce-id", "e", "ce-source", "/s", "ce-type", "t"
        };
        assertThat(bearer("churn", "{\"instances\":[{\"x\":3},{\"x\":4}]}", event)
                        .body())
                .isEqualTo("{\"recorded\":\"2\"}");
        assertThat(bearer("churn", "{\"instances\":[{\"x\":3},{\"x\":4}]}", event)
                        .body())
                .as("sent again")
                .isEqualTo("{\"recorded\":\"0\"}");
        assertThat(recorded("churn").lines()).hasSize(4);

        assertThat(MonitorLooks.get().look("churn", System.currentTimeMillis()))
                .as(store().monitor("churn").orElseThrow().failure())
                .isTrue();
        assertThat(store().windows("churn", 10))
                .singleElement()
                .satisfies(window -> assertThat(window.result().rows()).isEqualTo(4));
        assertThat(MonitorLooks.get().look("absent", System.currentTimeMillis()))
                .as("before anything came")
                .isTrue();
        Recordings.delete("churn");
        assertThat(Recordings.folder("churn")).doesNotExist();
    }

    @Test
    void aSignatureServesOnce() throws Exception {
        byte[] body = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        assertThat(post("churn", body, "X-Hub-Signature-256", signature).body()).isEqualTo("{\"recorded\":\"1\"}");
        assertThat(post("churn", body, "X-Hub-Signature-256", signature).body()).isEqualTo("{\"recorded\":\"0\"}");
        assertThat(post("churn", "{\"x\":2}".getBytes(StandardCharsets.UTF_8), "X-Hub-Signature-256", signature)
                        .statusCode())
                .isEqualTo(403);
        assertThat(recorded("churn").lines()).hasSize(1);
    }

    @Test
    void whoDoesNotShowTheSecretLearnsNothing() throws Exception {
        byte[] body = "{\"x\":1}".getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> wrong = post("churn", body, "Authorization", "Bearer wrong");
        assertThat(wrong.statusCode()).isEqualTo(403);
        for (HttpResponse<String> other : List.of(
                post("churn", body),
                post("churn", body, "Authorization", "Bearer "),
                post("blank", body, "Authorization", "Bearer "),
                post("nobody", body, "Authorization", "Bearer " + SECRET),
                post("nobody", body, "Authorization", "Bearer " + HooksRoot.NOBODY),
                post("absent", body, "Authorization", "Bearer " + SECRET),
                post("blank", body, "Authorization", "Bearer " + HooksRoot.NOBODY),
                post("..%2fchurn", body, "Authorization", "Bearer " + SECRET),
                post("churn", "no row".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(other.body()).as(other.uri().toString()).isEqualTo(wrong.body());
            assertThat(other.statusCode()).isEqualTo(403);
        }
        assertThat(recorded("churn")).isEmpty();
    }

    @Test
    void whatIsTooMuchOrNoRowIsRefusedWhole() throws Exception {
        assertThat(bearer("churn", "x".repeat(HooksRoot.MAX_BYTES + 1)).statusCode())
                .isEqualTo(413);
        HttpResponse<String> broken = bearer("churn", "{\"x\":1}\n<script>");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("line 2").doesNotContain("script");
        assertThat(broken.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(recorded("churn")).isEmpty();
    }

    @Test
    void moreRequestsThanAMonitorTakesInAMinuteAreToSlowDown() throws Exception {
        System.setProperty(RecorderRoot.PER_MINUTE, "5");
        try {
            int slowed = 0;
            for (int i = 0; i < 40; i++) {
                assertThat(post("churn", new byte[0], "Authorization", "Bearer forged")
                                .statusCode())
                        .isEqualTo(403);
            }
            for (int i = 0; i < 40; i++) {
                HttpResponse<String> answer = bearer("churn", "{\"x\":" + i + "}");
                slowed += answer.statusCode() == 429 ? 1 : 0;
            }
            assertThat(slowed).isBetween(10, 35);
            assertThat(recorded("churn").lines()).hasSize(40 - slowed);
        } finally {
            System.clearProperty(RecorderRoot.PER_MINUTE);
        }
    }

    @Test
    void aDiskThatTakesNothingIsSaidToTheSenderAndAtTheMonitor() throws Exception {
        Files.createDirectories(Recordings.folder("churn").getParent());
        Files.writeString(Recordings.folder("churn"), "no folder");
        HttpResponse<String> answer = bearer("churn", "{\"x\":1}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain(Recordings.folder("churn").toString());
        assertThat(store().monitor("churn").orElseThrow().failure()).startsWith("Predictions are not recorded: ");
        Files.delete(Recordings.folder("churn"));
        assertThat(bearer("churn", "{\"x\":1}").statusCode()).isEqualTo(202);
    }

    @Test
    void logsOrARecorderButNotBoth() {
        MonitorSpec spec = new MonitorSpec("both", "churn", "/logs");
        spec.setWindow("4 rows");
        spec.setRecorderCredentialsId("hook");
        assertThatThrownBy(spec::plan).hasMessageContaining("leave out logs and label");
        MonitorSpec far = new MonitorSpec("far", "churn", "");
        far.setWindow("4 rows");
        far.setRecorderCredentialsId("hook");
        far.setLabel("linux");
        assertThatThrownBy(far::plan).hasMessageContaining("leave out logs and label");
    }
}
