package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A webhook of an MLflow server (3.3 and later), once it is known to come from there.
 *
 * <p>The header {@code X-MLflow-Signature} is {@code v1,} and the Base64 of the HMAC-SHA256 of
 * {@code DELIVERY.TIMESTAMP.BODY} under the webhook's secret; the other two are headers, too. A message older or newer
 * than {@value #WINDOW_SECONDS} seconds is refused. What the message says is not believed beyond the model's name: the
 * model is then looked at.
 *
 * @param deliveryId tells deliveries apart
 * @param model the model that it is about; null for events that are about none
 */
public record WebhookMessage(
        String deliveryId, @CheckForNull String model) {
    /** How far a message's time may be from the receiver's, in seconds. */
    public static final int WINDOW_SECONDS = 300;
    /** Most bytes of a body. */
    public static final int MOST_BYTES = 1 << 20;

    private static final String SCHEME = "v1,";
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
        byte[] expected = signature(secret, id, timestamp, received.body()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
            throw new Refused("The signature is not that of this message under the configured secret");
        }
        if (!timestamp.matches("[0-9]{1,12}")
                || Math.abs(nowMillis / 1_000 - Long.parseLong(timestamp)) > WINDOW_SECONDS) {
            throw new Refused("The message is more than " + WINDOW_SECONDS + " s old, or the clocks differ");
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

    /** The signature of a message under a secret. */
    static String signature(String secret, String deliveryId, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((deliveryId + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return SCHEME + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
