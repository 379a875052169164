package io.jenkins.mlops.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Digests of one file by several algorithms, from one reading of it. */
public final class FileDigests {
    public static final String SHA_256 = "SHA-256";

    /** What Jenkins' fingerprints are keyed by; no one should trust it for anything else. */
    public static final String MD5 = "MD5";

    private static final int BUFFER = 256 << 10;

    private final long bytes;
    private final Map<String, String> digests = new LinkedHashMap<>();

    private FileDigests(Path file, String... algorithms) throws IOException {
        MessageDigest[] running = new MessageDigest[algorithms.length];
        for (int i = 0; i < algorithms.length; i++) {
            running[i] = started(algorithms[i]);
        }
        long read = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (MessageDigest digest : running) {
                    digest.update(buffer, 0, length);
                }
                read += length;
            }
        }
        bytes = read;
        for (int i = 0; i < algorithms.length; i++) {
            digests.put(algorithms[i], HexFormat.of().formatHex(running[i].digest()));
        }
    }

    /**
     * Reads a file once.
     *
     * @param algorithms {@link #SHA_256}, {@link #MD5} or both
     * @throws IOException if it cannot be read, or the thread is interrupted while it is
     */
    public static FileDigests of(Path file, String... algorithms) throws IOException {
        return new FileDigests(file, algorithms);
    }

    private static MessageDigest started(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and MD5", e);
        }
    }

    /** How many bytes were read. */
    public long bytes() {
        return bytes;
    }

    /**
     * A digest in lower-case hexadecimal.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public String hex(String algorithm) {
        String digest = digests.get(algorithm);
        if (digest == null) {
            throw new IllegalArgumentException("expected one of " + digests.keySet() + ", found " + algorithm);
        }
        return digest;
    }
}
