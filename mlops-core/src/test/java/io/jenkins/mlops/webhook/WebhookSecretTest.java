package io.jenkins.mlops.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    private static final long NOW = 1_700_000_000_000L;
    /** Made by Python: base64(hmac.new(b"s3cret", b"d-1.1700000000." + body, sha256)). */
    private static final String SIGNED = "v1,it9Ho24w69IjFh62MkfdbPKe/m9F4vbroL7ZGH+uugo=";

    private static final String BODY =
            "{\"entity\":\"model_version\",\"action\":\"created\",\"data\":{\"name\":\"churn\"}}";

    private static WebhookRequest request(Map<String, String> headers, String body) {
        return new WebhookRequest(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> mlflow() {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-MLflow-Delivery-Id", "d-1");
        headers.put("X-MLflow-Timestamp", "1700000000");
        headers.put("X-MLflow-Signature", SIGNED);
        return headers;
    }

    private static boolean accepted(Map<String, String> headers, String body, long now) {
        return WebhookSecret.mlflow("s3cret", request(headers, body), now);
    }

    @Test
    void mlflowSignature() {
        assertThat(accepted(mlflow(), BODY, NOW)).isTrue();
        assertThat(accepted(mlflow(), BODY, NOW + 300_000)).isTrue();
        assertThat(accepted(mlflow(), BODY, NOW - 300_000)).isTrue();
        assertThat(accepted(mlflow(), BODY, NOW + 301_000)).isFalse();
        assertThat(accepted(mlflow(), BODY, NOW - 301_000)).isFalse();
        assertThat(accepted(mlflow(), BODY + " ", NOW)).isFalse();
        assertThat(WebhookSecret.mlflow("other", request(mlflow(), BODY), NOW)).isFalse();
        for (String header : mlflow().keySet()) {
            Map<String, String> without = mlflow();
            without.remove(header);
            assertThat(accepted(without, BODY, NOW)).as(header).isFalse();
            Map<String, String> other = mlflow();
            other.put(header, header.endsWith("Timestamp") ? "1700000001" : "x");
            assertThat(accepted(other, BODY, NOW)).as(header).isFalse();
        }
        for (String time : List.of("", "-1", "1e9", "99999999999999999999", " 1700000000")) {
            Map<String, String> odd = mlflow();
            odd.put("X-MLflow-Timestamp", time);
            assertThat(accepted(odd, BODY, NOW)).as(time).isFalse();
        }
    }

    @Test
    void bearerAndHubSignature() {
        assertThat(WebhookSecret.bearer("s3cret", request(Map.of("AUTHORIZATION", "bearer s3cret"), "")))
                .isTrue();
        for (String header :
                List.of("", "s3cret", "Bearer", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "Basic s3cret")) {
            assertThat(WebhookSecret.bearer("s3cret", request(Map.of("Authorization", header), "")))
                    .as(header)
                    .isFalse();
        }
        // The example of GitHub's documentation on validating webhook deliveries.
        String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assertThat(WebhookSecret.hubSignature(
                        "It's a Secret to Everybody",
                        request(Map.of("X-Hub-Signature-256", signature), "Hello, World!")))
                .isTrue();
        assertThat(WebhookSecret.hubSignature(
                        "It's a Secret to Everybody",
                        request(Map.of("X-Hub-Signature-256", signature), "Hello, World?")))
                .isFalse();
    }

    @Test
    void anEmptySecretOpensNothing() {
        assertThat(WebhookSecret.bearer("", request(Map.of("Authorization", "Bearer "), "")))
                .isFalse();
        assertThat(WebhookSecret.mlflow("", request(mlflow(), BODY), NOW)).isFalse();
        assertThat(WebhookSecret.hubSignature("", request(Map.of("X-Hub-Signature-256", "sha256="), "")))
                .isFalse();
    }

    @Test
    void eventsAreTakenOnceAndMemoryIsBounded() {
        SeenEvents seen = new SeenEvents();
        assertThat(seen.add("a", NOW)).isTrue();
        assertThat(seen.add("a", NOW + 1)).isFalse();
        SeenEvents again = SeenEvents.read(seen.lines());
        assertThat(again.add("a", NOW + 2)).isFalse();
        assertThat(again.add("b", NOW + 2)).isTrue();
        assertThat(again.add("a", NOW + SeenEvents.KEPT_MILLIS + 1)).isTrue();
        for (int i = 0; i < 2 * SeenEvents.MOST; i++) {
            again.add("n" + i, NOW + SeenEvents.KEPT_MILLIS + 2);
        }
        assertThat(again.lines()).hasSize(SeenEvents.MOST);
        assertThat(SeenEvents.read(List.of("", "x", "0".repeat(64), "0".repeat(64) + " -1"))
                        .lines())
                .isEmpty();
    }

    @Test
    void stormsAreSlowed() {
        RateLimit limit = new RateLimit(60, NOW);
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            taken += limit.tryTake(NOW + i * 6L) ? 1 : 0;
        }
        assertThat(taken).isBetween(118, 121);
        assertThat(limit.tryTake(NOW - 1_000_000)).isFalse();
        assertThatThrownBy(() -> new RateLimit(0, NOW)).hasMessageContaining("from 1 a minute");
    }
}
