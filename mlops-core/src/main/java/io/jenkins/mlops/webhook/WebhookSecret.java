package io.jenkins.mlops.webhook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a request comes from someone who knows a secret. Comparisons take the same time wherever texts differ.
 *
 * <p>Of MLflow: the header {@code X-MLflow-Signature} is {@code v1,} and the Base64 of HMAC-SHA256 over {@code
 * DELIVERY_ID.TIMESTAMP.BODY}, with {@code X-MLflow-Delivery-Id} and {@code X-MLflow-Timestamp} (epoch seconds), which
 * may be {@value #TOLERANCE_SECONDS} s off. The layout is that of mlflow/webhooks/delivery.py. Of GitHub's kind: {@code
 * X-Hub-Signature-256} is {@code sha256=} and the hexadecimal HMAC-SHA256 over the body. A bearer is the secret itself
 * in {@code Authorization}, which is all that Alertmanager and MinIO can send.
 */
public final class WebhookSecret {
    /** How far a signed time may be from now, either way, in seconds. */
    public static final long TOLERANCE_SECONDS = 300;

    private static final String BEARER = "Bearer ";
    private static final int MAX_DELIVERY_ID = 200;

    private WebhookSecret() {}

    /** Whether the request carries the secret as its bearer token. */
    public static boolean bearer(String secret, WebhookRequest request) {
        String header = request.header("authorization");
        boolean is = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return same(secret, is ? header.substring(BEARER.length()).trim() : "") && is && !secret.isEmpty();
    }

    /** Whether the body is signed as GitHub signs its webhooks. */
    public static boolean hubSignature(String secret, WebhookRequest request) {
        String expected = "sha256=" + HexFormat.of().formatHex(hmac(secret, request.body()));
        return same(expected, request.header("x-hub-signature-256")) && !secret.isEmpty();
    }

    /**
     * Whether the request is signed as MLflow signs its webhooks, not longer ago than the tolerance.
     *
     * @param nowMillis what time it is, in milliseconds since 1970
     */
    public static boolean mlflow(String secret, WebhookRequest request, long nowMillis) {
        String delivery = request.header("x-mlflow-delivery-id");
        String timestamp = request.header("x-mlflow-timestamp");
        String signature = request.header("x-mlflow-signature");
        boolean shaped = delivery != null
                && delivery.length() <= MAX_DELIVERY_ID
                && timestamp != null
                && timestamp.matches("\\d{1,12}");
        boolean signed = same(mlflowSignature(secret, delivery, timestamp, request.body()), signature);
        return signed
                && shaped
                && !secret.isEmpty()
                && Math.abs(nowMillis / 1_000 - Long.parseLong(timestamp)) <= TOLERANCE_SECONDS;
    }

    /** The signature that MLflow gives to a delivery under a secret. */
    public static String mlflowSignature(
            String secret, @CheckForNull String deliveryId, @CheckForNull String timestamp, byte[] body) {
        byte[] prefix = (deliveryId + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return "v1," + Base64.getEncoder().encodeToString(hmac(secret, prefix, body));
    }

    /** Compares texts without telling by its time where they differ; a missing one counts as empty. */
    public static boolean same(String expected, @CheckForNull String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                (given == null ? "" : given).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // A key may not be empty; nothing is accepted under an empty secret, see above.
            byte[] key = secret.isEmpty() ? new byte[1] : secret.getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException x) {
            throw new IllegalStateException("every Java platform has HmacSHA256", x);
        }
    }
}
