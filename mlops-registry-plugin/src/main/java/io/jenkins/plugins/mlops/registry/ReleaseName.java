package io.jenkins.plugins.mlops.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the release that one deployment makes: the same name for the same operation, safe as a folder's name. */
public final class ReleaseName {
    private static final int DIGITS = 12;

    private ReleaseName() {}

    public static String of(int version, String operationKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(operationKey.getBytes(StandardCharsets.UTF_8));
            return "v" + version + "-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
