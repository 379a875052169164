package io.jenkins.mlops.monitor.window;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of rows: of each the number of its values, then names and values in their order, each after its length. */
final class RowDigest {
    private final MessageDigest sha;
    private final byte[] length = new byte[4];

    RowDigest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void begin(int values) {
        number(values);
    }

    void value(String name, Object value) {
        part(name.getBytes(StandardCharsets.UTF_8));
        part(value instanceof byte[] raw ? raw : String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }

    private void part(byte[] bytes) {
        number(bytes.length);
        sha.update(bytes);
    }

    private void number(int value) {
        length[0] = (byte) (value >>> 24);
        length[1] = (byte) (value >>> 16);
        length[2] = (byte) (value >>> 8);
        length[3] = (byte) value;
        sha.update(length);
    }

    /** As {@code sha256:} and hexadecimal digits; to be asked for once, at the end. */
    String text() {
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }
}
