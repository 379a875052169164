package io.jenkins.mlops.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 of a request in its {@code Authorization} header.
 *
 * <p>Source: "Signature Version 4 signing process" in the AWS General Reference, and "Authenticating Requests: Using the
 * Authorization Header" in the Amazon S3 API Reference. The path is taken as it stands in the address, encoded once, as
 * S3 wants it; other services want it encoded twice where it has reserved characters.
 *
 * @param region such as {@code us-east-1}
 * @param service {@code s3}, or another service's signing name
 */
public record SignatureV4(String region, String service) {
    /** SHA-256 of nothing, in hexadecimal: the payload hash of a request without a body. */
    public static final String EMPTY_PAYLOAD = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A moment as {@code X-Amz-Date} writes it. */
    public static String amzDate(Instant moment) {
        return TIME.format(moment);
    }

    /**
     * The value of the header {@code Authorization}.
     *
     * @param key who signs
     * @param method HTTP method
     * @param address where it is sent; its query's names and values are percent-encoded as in {@link #encode}
     * @param headers those to sign, {@code host} and {@code x-amz-date} among them; names in any case
     * @param payloadHash SHA-256 of the body in hexadecimal, see {@link #EMPTY_PAYLOAD}
     * @param moment the same as in {@code x-amz-date}
     */
    public String authorization(
            AccessKey key,
            String method,
            URI address,
            Map<String, String> headers,
            String payloadHash,
            Instant moment) {
        TreeMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) ->
                signed.put(name.toLowerCase(Locale.ROOT), value.trim().replaceAll(" +", " ")));
        StringBuilder canonical = new StringBuilder(method).append('\n');
        String path = address.getRawPath();
        canonical.append(path == null || path.isEmpty() ? "/" : path).append('\n');
        canonical.append(canonicalQuery(address.getRawQuery())).append('\n');
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        String names = String.join(";", signed.keySet());
        canonical.append('\n').append(names).append('\n').append(payloadHash);

        String time = amzDate(moment);
        String scope = time.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + sha256(canonical.toString());
        byte[] derived = hmac(("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8), time.substring(0, 8));
        derived = hmac(derived, region);
        derived = hmac(derived, service);
        derived = hmac(derived, "aws4_request");
        String signature = HexFormat.of().formatHex(hmac(derived, toSign));
        return ALGORITHM + " Credential=" + key.id() + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    /** The parameters in the order of their encoded names, then values. */
    private static String canonicalQuery(String query) {
        if (query == null || query.isEmpty()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String part : query.split("&")) {
            parts.add(part.indexOf('=') < 0 ? part + "=" : part);
        }
        parts.sort((a, b) -> {
            int byName = name(a).compareTo(name(b));
            return byName != 0 ? byName : a.compareTo(b);
        });
        return String.join("&", parts);
    }

    private static String name(String part) {
        return part.substring(0, part.indexOf('='));
    }

    /** A text percent-encoded as AWS wants it: all but letters, digits and {@code -._~}, in UTF-8, upper-case digits. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException x) {
            throw new IllegalStateException("every Java platform has HmacSHA256", x);
        }
    }
}
