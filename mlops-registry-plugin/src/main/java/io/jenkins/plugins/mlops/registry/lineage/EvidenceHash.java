package io.jenkins.plugins.mlops.registry.lineage;

import io.jenkins.mlops.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what gates saw and said: decisions are bound to it, so that evidence cannot change under them. */
public final class EvidenceHash {
    private EvidenceHash() {}

    /** The evidence as text: the same evaluation gives the same text. */
    public static String text(EvaluationDocument evidence) {
        return Json.write(evidence);
    }

    /** The hash of such a text, {@code sha256:} and 64 hexadecimal digits. */
    public static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
