package io.jenkins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookMessageTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final String SECRET = "s\u00e9cret";
    private static final String BODY = "{\"entity\":\"model_version_alias\",\"action\":\"created\","
            + "\"timestamp\":\"2023-11-14T22:13:20+00:00\",\"data\":{\"name\":\"churn\",\"alias\":\"champion\","
            + "\"version\":\"3\"}}";

    private static WebhookMessage.Received signed(String id, long seconds, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String time = String.valueOf(seconds);
        return new WebhookMessage.Received(id, time, WebhookSecret.mlflowSignature(SECRET, id, time, bytes), bytes);
    }

    @Test
    void aSignedMessageIsRead() throws Exception {
        WebhookMessage message = WebhookMessage.read(signed("d1", NOW / 1_000, BODY), SECRET, NOW);
        assertThat(message).isEqualTo(new WebhookMessage("d1", "churn"));
        assertThat(WebhookMessage.read(signed("d1", NOW / 1_000 - 300, BODY), SECRET, NOW))
                .isEqualTo(message);
        assertThat(WebhookMessage.read(
                                signed("d2", NOW / 1_000, "{\"entity\":\"prompt\",\"data\":{\"name\":\"p\"}}"),
                                SECRET,
                                NOW)
                        .model())
                .isNull();
        assertThat(WebhookMessage.read(signed("d3", NOW / 1_000, "{}"), SECRET, NOW)
                        .model())
                .isNull();
    }

    /** Made by the code of MLflow's own server, for these values. */
    @Test
    void theSignatureIsMlflows() {
        assertThat(WebhookSecret.mlflowSignature(
                        "my-secret", "delivery-1", "1700000000", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,AKbuJXGyA5WQR3UroYchA8nfSoDHo4J62YCLKD0Dk1A=");
    }

    @Test
    void whatIsNotSignedOrOldIsRefused() {
        WebhookMessage.Received good = signed("d1", NOW / 1_000, BODY);
        refused(new WebhookMessage.Received(null, good.timestamp(), good.signature(), good.body()));
        refused(new WebhookMessage.Received("d1", null, good.signature(), good.body()));
        refused(new WebhookMessage.Received("d1", good.timestamp(), null, good.body()));
        refused(new WebhookMessage.Received("d2", good.timestamp(), good.signature(), good.body()));
        refused(new WebhookMessage.Received("d1", "1700000001", good.signature(), good.body()));
        refused(new WebhookMessage.Received("d1", good.timestamp(), good.signature() + "=", good.body()));
        refused(new WebhookMessage.Received("d1", good.timestamp(), "v1,", good.body()));
        refused(new WebhookMessage.Received(
                "d1",
                good.timestamp(),
                good.signature(),
                BODY.replace("churn", "other").getBytes(StandardCharsets.UTF_8)));
        refused(signed("d1", NOW / 1_000 - 301, BODY));
        refused(signed("d1", NOW / 1_000 + 301, BODY));
        refused(signed("x".repeat(201), NOW / 1_000, BODY));
        assertThatThrownBy(() -> WebhookMessage.read(good, "another", NOW)).isInstanceOf(WebhookMessage.Refused.class);
    }

    private static void refused(WebhookMessage.Received received) {
        assertThatThrownBy(() -> WebhookMessage.read(received, SECRET, NOW))
                .isInstanceOf(WebhookMessage.Refused.class)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "[[[[", "{\"a\":1,\"a\":2}", "\u0000"})
    void brokenBodiesAreRefused(String body) {
        refused(signed("d1", NOW / 1_000, body));
    }
}
