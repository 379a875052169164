package io.jenkins.plugins.mlops.registry.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hudson.util.Secret;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WebhookNotifierTest {
    /** What the server was sent. */
    record Received(String body, String signature, String timestamp, String delivery) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile int failure = 503;
    private HttpServer server;

    @BeforeEach
    void serve(JenkinsRule j) throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    body,
                    headers.getFirst("X-MLOps-Signature"),
                    headers.getFirst("X-MLOps-Timestamp"),
                    headers.getFirst("X-MLOps-Delivery")));
            exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? failure : 204, -1);
            exchange.close();
        });
        server.start();
        RegistryConfiguration.get()
                .setAllowedHosts("127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private static Promotion waiting() {
        RegistryFixture.registry().setPolicy(PromotionPolicy.byDefault().withApprovals("2 of anyone"), "admin");
        return RegistryFixture.promote(RegistryFixture.version("<!channel> m", "job"), "champion");
    }

    private Received take() throws InterruptedException {
        Received taken = received.poll(30, TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        return taken;
    }

    @Test
    void aChangeIsPostedOnceAndSigned(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", "", Secret.fromString("s\u00e9cret")));
        WebhookNotifier webhook = new WebhookNotifier(url());
        webhook.setCredentialsId("hook");
        NoticeConfiguration.get().setNotifiers(List.of(webhook));
        Promotion promotion = waiting();

        PromotionListener.fireChanged(promotion);
        PromotionListener.fireChanged(promotion);
        Received first = take();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s\u00e9cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = first.timestamp() + "." + first.delivery() + "." + first.body();
        assertThat(first.signature())
                .isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        JsonNode json = new ObjectMapper().readTree(first.body());
        assertThat(json.path("event").asText()).isEqualTo("promotion.awaiting-approval");
        assertThat(json.path("delivery").asText()).isEqualTo(first.delivery());
        assertThat(json.path("text").asText()).contains("Waits for approval", "Still needed: 2 of anyone");
        assertThat(json.path("promotion").path("id").asText()).isEqualTo(promotion.id());
        assertThat(json.path("promotion").path("approvalsMissing").asInt()).isEqualTo(2);

        Promotion withdrawn = RegistryFixture.registry().withdraw(promotion.id(), "ada", "");
        PromotionListener.fireChanged(withdrawn);
        assertThat(take().body()).contains("promotion.withdrawn");
        assertThat(received).isEmpty();
    }

    @Test
    void aChatGetsTextWithoutMarkUp(JenkinsRule j) throws Exception {
        WebhookNotifier webhook = new WebhookNotifier(url());
        webhook.setFormat("chat");
        webhook.deliver(PromotionNotice.expiring(waiting()), "d1");
        Received sent = take();
        JsonNode json = new ObjectMapper().readTree(sent.body());
        assertThat(json.size()).isEqualTo(1);
        assertThat(json.path("text").asText())
                .startsWith("About to expire: &lt;!channel&gt; m")
                .doesNotContain("<");
        assertThat(sent.signature()).isNull();
        assertThatThrownBy(() -> webhook.setFormat("xml")).hasMessageContaining("json or chat");
    }

    @Test
    void whatFailsIsTriedAgainUnderTheSameId(JenkinsRule j) throws Exception {
        failures.set(2);
        NoticeDelivery delivery = new NoticeDelivery(1, 1, 1);
        try {
            delivery.send(new WebhookNotifier(url()), PromotionNotice.changed(waiting()));
            String id = take().delivery();
            assertThat(take().delivery()).isEqualTo(id);
            assertThat(take().delivery()).isEqualTo(id);
        } finally {
            delivery.stop();
        }
    }

    @Test
    void whatWouldNotHelpIsNotTriedAgain(JenkinsRule j) throws Exception {
        PromotionNotice notice = PromotionNotice.changed(waiting());
        failures.set(1);
        failure = 404;
        assertThatThrownBy(() -> new WebhookNotifier(url()).deliver(notice, "d"))
                .isInstanceOf(PromotionNotifier.Refused.class)
                .hasMessageContaining("404");
        failures.set(1);
        failure = 302;
        assertThatThrownBy(() -> new WebhookNotifier(url()).deliver(notice, "d"))
                .isInstanceOf(PromotionNotifier.Refused.class);
        WebhookNotifier unsigned = new WebhookNotifier(url());
        unsigned.setCredentialsId("no-such");
        assertThatThrownBy(() -> unsigned.deliver(notice, "d")).hasMessageContaining("'no-such'");
        received.clear();
        RegistryConfiguration.get().setAllowedHosts("elsewhere.example");
        assertThatThrownBy(() -> new WebhookNotifier(url()).deliver(notice, "d"))
                .isInstanceOf(PromotionNotifier.Refused.class)
                .hasMessageContaining("Allowed hosts");
        assertThatThrownBy(() -> new WebhookNotifier("file:///etc/passwd").deliver(notice, "d"))
                .isInstanceOf(PromotionNotifier.Refused.class);
        assertThat(received).isEmpty();
    }
}
