package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import io.jenkins.mlops.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;

/**
 * A webhook of an MLflow server (3.3 and later), once it is known to come from there.
 *
 * <p>{@link WebhookSecret} says how it is signed. A message older or newer than
 * {@value WebhookSecret#TOLERANCE_SECONDS} seconds is refused. What the message says is not believed beyond the
 * model's name: the model is then looked at.
 *
 * @param deliveryId tells deliveries apart
 * @param model the model that it is about; null for events that are about none
 */
public record WebhookMessage(
        String deliveryId, @CheckForNull String model) {
    /** Most bytes of a body. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int LONGEST_ID = 200;

    /** Says why a message was not taken; tells the sender nothing that helps to forge one. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What came. */
    public record Received(
            @CheckForNull String deliveryId,
            @CheckForNull String timestamp,
            @CheckForNull String signature,
            byte[] body) {
        public Received {
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }
    }

    /**
     * Checks the signature, then reads the message.
     *
     * @param nowMillis the receiver's time, in epoch milliseconds
     */
    public static WebhookMessage read(Received received, String secret, long nowMillis) throws Refused {
        String id = received.deliveryId();
        String timestamp = received.timestamp();
        String signature = received.signature();
        if (id == null || timestamp == null || signature == null || id.isEmpty() || id.length() > LONGEST_ID) {
            throw new Refused("Expected the headers X-MLflow-Delivery-Id, X-MLflow-Timestamp and X-MLflow-Signature:"
                    + " give the webhook a secret");
        }
        String expected = WebhookSecret.mlflowSignature(secret, id, timestamp, received.body());
        if (secret.isEmpty() || !WebhookSecret.same(expected, signature)) {
            throw new Refused("The signature is not that of this message under the configured secret");
        }
        if (!timestamp.matches("[0-9]{1,12}")
                || Math.abs(nowMillis / 1_000 - Long.parseLong(timestamp)) > WebhookSecret.TOLERANCE_SECONDS) {
            throw new Refused(
                    "The message is more than " + WebhookSecret.TOLERANCE_SECONDS + " s old, or the clocks differ");
        }
        try {
            JsonNode body = Json.tree(new String(received.body(), StandardCharsets.UTF_8));
            if (!body.isObject()) {
                throw new Refused("The body is no JSON object");
            }
            String entity = body.path("entity").asText();
            String name = body.path("data").path("name").asText();
            boolean ofModel = entity.startsWith("registered_model") || entity.startsWith("model_version");
            return new WebhookMessage(id, ofModel && !name.isEmpty() ? name : null);
        } catch (JsonException e) {
            throw new Refused("The body is no JSON", e);
        }
    }
}
