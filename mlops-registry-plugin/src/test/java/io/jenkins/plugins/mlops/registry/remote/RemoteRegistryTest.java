package io.jenkins.plugins.mlops.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.mlflow.StandInMlflow;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.htmlunit.HttpMethod;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RemoteRegistryTest {
    private static final String BODY =
            "{\"entity\":\"model_version_alias\",\"action\":\"created\",\"data\":{\"name\":\"churn\"}}";

    private StandInMlflow server;

    @BeforeEach
    void connect(JenkinsRule j) throws Exception {
        server = new StandInMlflow(StandInMlflow.Dialect.V3);
        server.password = "jenkins:s3cret";
        RegistryFixture.secure(j, "ann", MlopsPermissions.VIEW, MlopsPermissions.APPROVE, MlopsPermissions.REGISTER);
        var store = SystemCredentialsProvider.getInstance().getCredentials();
        store.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "mlflow", "", "jenkins", "s3cret"));
        store.add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString("shared")));
        RegistryConfiguration.get().setAllowedHosts("127.0.0.1:" + server.port());
        RemoteConfiguration settings = RemoteConfiguration.get();
        settings.setUrl(server.url() + "/");
        settings.setCredentialsId("mlflow");
        settings.setWebhookCredentialsId("hook");
        settings.setPollMinutes(1);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** HtmlUnit can't read the page's script; the forms work without. */
    private static JenkinsRule.WebClient client(JenkinsRule j) throws Exception {
        JenkinsRule.WebClient client = j.createWebClient();
        client.setJavaScriptEnabled(false);
        client.login("ann");
        return client;
    }

    private static String shown(JenkinsRule j, String path) throws Exception {
        return client(j).goTo(path).getWebResponse().getContentAsString();
    }

    private static void work() throws Exception {
        RemoteRegistry.get().soon();
        assertThat(RemoteRegistry.get().await(60)).isTrue();
    }

    /** A version whose only file is among the artifacts of a real build. */
    private static ModelVersion archived(JenkinsRule j, String content) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, "job-" + content);
        job.setDefinition(new CpsFlowDefinition("echo 'trained'", true));
        WorkflowRun build = j.buildAndAssertSuccess(job);
        ModelVersion version = RegistryFixture.registry()
                .register(Registration.of(
                                content,
                                "churn",
                                List.of(new VersionFile("model.bin", content.length(), Ledger.sha256(content))),
                                "ada")
                        .withBuild(new BuildRef(job.getFullName(), build.getNumber(), null, null), null));
        Path file = new File(
                        build.getRootDir(), "archive/" + ArchivedModel.folder("churn", version.digest()) + "/model.bin")
                .toPath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return version;
    }

    @Test
    void aPromotionArrivesWithItsFilesAndWhatIsMovedThereIsShownAndPutBack(JenkinsRule j) throws Exception {
        ModelVersion first = archived(j, "good");
        PromotionListener.fireChanged(RegistryFixture.promote(first, "champion"));
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(server.files.values())
                .singleElement()
                .satisfies(bytes -> assertThat(bytes).isEqualTo("good".getBytes(StandardCharsets.UTF_8)));
        assertThat(server.tags("churn", 1)).containsEntry("mlops.build", "job-good#1");

        archived(j, "better");
        work();
        server.moveOutside("churn", "champion", 2);
        assertThat(hook(j, "d1", System.currentTimeMillis() / 1_000, "shared", BODY))
                .isEqualTo(204);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(RemoteRegistry.get().drifts(10)).hasSize(1);
        RemoteMonitor.get().look();
        assertThat(RemoteMonitor.get().isActivated()).isTrue();
        assertThat(RemoteMonitor.get().getDrifts().get(0).display()).contains("version 2");
        assertThat(RegistryFixture.get(j, "ann", "mlops/remote/").getContentAsString())
                .contains("\"found\":2", "\"waiting\":0");
        assertThat(RegistryFixture.get(j, "reader", "mlops/remote/").getStatusCode())
                .isEqualTo(403);
        assertThat(shown(j, "mlops/model/churn/")).contains("MLflow server", "points at version 2");
        assertThat(server.holder("churn", "champion")).isEqualTo(2);

        JenkinsRule.WebClient client = client(j);
        HtmlPage page = client.goTo("mlops/model/churn/remote/");
        j.submit(page.getFormByName("restore"));
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
        assertThat(RemoteRegistry.get().drifts(10)).isEmpty();
        assertThat(shown(j, "mlops/model/churn/remote/"))
                .doesNotContain("points at version 2")
                .doesNotContain("s3cret");

        RegistryFixture.registry()
                .setPolicy(PromotionPolicy.byDefault().withModel("churn", 0).withRestoreAlias(true), "admin");
        server.moveOutside("churn", "champion", 2);
        assertThat(hook(j, "d2", System.currentTimeMillis() / 1_000, "shared", BODY))
                .isEqualTo(204);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.holder("churn", "champion")).isEqualTo(1);
    }

    @Test
    void aVersionFromOutsideIsImportedAndItsFilesAreServedFromHere(JenkinsRule j) throws Exception {
        RegistryFixture.registry();
        work(); // connected: what is registered from here on goes there
        archived(j, "good");
        work();
        server.files.put("9/x/artifacts/model/<b>.bin", "theirs".getBytes(StandardCharsets.UTF_8));
        server.addVersion("churn", "mlflow-artifacts:/9/x/artifacts/model", "x")
                .put("user_id", "<script>alert(1)</script>");
        hook(j, "d1", System.currentTimeMillis() / 1_000, "shared", BODY);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        String shown = shown(j, "mlops/model/churn/remote/");
        assertThat(shown).contains("Registered outside", "&lt;script>alert").doesNotContain("<script>alert");
        assertThat(RegistryFixture.get(j, "ann", "mlops/remote/outside?model=churn")
                        .getContentAsString())
                .contains("mlflow-artifacts:/9/x");

        assertThat(RegistryFixture.call(j, "reader", HttpMethod.POST, "mlops/remote/import?model=churn&version=2")
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(RegistryFixture.call(j, "ann", HttpMethod.POST, "mlops/remote/import?model=churn&version=2")
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(RemoteRegistry.get().imports()).isEqualTo(Map.of("churn 2", "is version 2"));
        ModelVersion imported = RegistryFixture.registry().version("churn", 2);
        assertThat(imported.authors()).containsExactly("<script>alert(1)</script>");
        assertThat(ArchivedModel.isFolder(imported)).isTrue();
        try (var in = ArchivedModel.open(imported).child("<b>.bin").open()) {
            assertThat(in.readAllBytes()).isEqualTo("theirs".getBytes(StandardCharsets.UTF_8));
        }
        work();
        assertThat(server.versions("churn")).hasSize(2);
    }

    private int hook(JenkinsRule j, String id, long seconds, String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(door(j))
                .header("X-MLflow-Delivery-Id", id)
                .header("X-MLflow-Timestamp", String.valueOf(seconds))
                .header("X-MLflow-Signature", "v1," + Base64.getEncoder().encodeToString(signed))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static URI door(JenkinsRule j) throws Exception {
        return URI.create(j.getURL() + "mlops/webhooks/mlflow");
    }

    /** Not by a browser: the server that sends webhooks has no crumb. */
    private static int send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void webhooksAreTakenSignedFreshAndOnce(JenkinsRule j) throws Exception {
        archived(j, "good");
        work();
        long now = System.currentTimeMillis() / 1_000;
        int calls = server.calls.size();
        assertThat(hook(j, "d1", now, "forged", BODY)).isEqualTo(403);
        assertThat(hook(j, "d1", now - 400, "shared", BODY)).isEqualTo(403);
        assertThat(hook(j, "d1", now, "shared", "x".repeat((1 << 20) + 1))).isEqualTo(413);
        assertThat(hook(j, "d1", now, "shared", "not json")).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(door(j)).POST(HttpRequest.BodyPublishers.noBody())))
                .isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(door(j)))).as("GET, as nobody").isEqualTo(403);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.calls).as("nothing was looked at").hasSize(calls);
        assertThat(hook(j, "d1", now, "shared", BODY)).isEqualTo(204);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        int looked = server.calls.size();
        assertThat(looked).isGreaterThan(calls);
        assertThat(hook(j, "d1", now, "shared", BODY)).as("a replay").isEqualTo(204);
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.calls).hasSize(looked);
        RemoteConfiguration.get().setWebhookCredentialsId(null);
        assertThat(hook(j, "d2", now, "shared", BODY)).isEqualTo(403);
    }

    @Test
    void theConnectionIsTestedByAdministratorsAndWithinTheAllowedHosts(JenkinsRule j) throws Exception {
        RemoteConfiguration settings = RemoteConfiguration.get();
        int calls = server.calls.size();
        try (ACLContext ignored = ACL.as2(User.getById("ann", true).impersonate2())) {
            assertThatThrownBy(() -> settings.doTestConnection(server.url(), "mlflow"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        assertThat(server.calls).hasSize(calls);
        assertThat(settings.doTestConnection(server.url(), "mlflow").getMessage())
                .contains("MLflow 3.4.0", "takes files");

        assertThat(settings.doTestConnection(server.url(), "no-such").getMessage())
                .contains("no-such");
        RegistryConfiguration.get().setAllowedHosts("elsewhere.example");
        calls = server.calls.size();
        FormValidation refused = settings.doTestConnection(server.url(), "mlflow");
        assertThat(refused.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(refused.getMessage()).contains("allowed hosts");
        work();
        assertThat(server.calls).hasSize(calls);
        assertThat(settings.doTestConnection("file:///etc/passwd", null).kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThatThrownBy(() -> settings.setUrl("http://user:pw@host/")).hasMessageNotContaining("pw");
        assertThatThrownBy(() -> settings.setPollMinutes(0)).hasMessageContaining("1 to 1440");
        assertThat(settings.getUrl()).isEqualTo(server.url());
    }
}
