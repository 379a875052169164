package io.jenkins.mlops.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests one file after another; one per thread, because it keeps its buffer. */
final class FileDigester {
    /** The size of the pieces of {@link DigestAlgorithm#SHA256_TREE_4M}. */
    static final int PIECE = 4 << 20;

    private static final int BUFFER = 256 << 10;
    private static final byte[] PREFIX = "sha256:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final byte[] buffer = new byte[BUFFER];
    private final MessageDigest sha256 = sha256();
    private ByteBuffer direct;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static String named(byte[] digest) {
        // By hand, because a snapshot of a hundred thousand files does it as often.
        byte[] text = new byte[PREFIX.length + 2 * digest.length];
        System.arraycopy(PREFIX, 0, text, 0, PREFIX.length);
        int at = PREFIX.length;
        for (byte b : digest) {
            text[at++] = HEX[b >> 4 & 15];
            text[at++] = HEX[b & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /**
     * Digests a small file; fails when it has fewer than {@code size} bytes. Whether it has become longer, the caller
     * sees by its size.
     */
    byte[] digest(Path file, long size) throws IOException {
        sha256.reset();
        long total = 0;
        try (InputStream in = new FileInputStream(file.toFile())) {
            while (total < size) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, size - total));
                if (read < 0) {
                    throw changed(file, "expected " + size + " bytes, found " + total);
                }
                sha256.update(buffer, 0, read);
                total += read;
            }
        }
        return sha256.digest();
    }

    /** Digests one piece of a large file. */
    byte[] digestPiece(FileChannel channel, Path file, long size, long piece) throws IOException {
        if (direct == null) {
            direct = ByteBuffer.allocateDirect(BUFFER);
        }
        sha256.reset();
        long from = piece * PIECE;
        long to = Math.min(size, from + PIECE);
        while (from < to) {
            direct.clear().limit((int) Math.min(BUFFER, to - from));
            int read = channel.read(direct, from);
            if (read < 0) {
                throw changed(file, "expected " + size + " bytes, found " + from);
            }
            sha256.update(direct.flip());
            from += read;
        }
        return sha256.digest();
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    static long pieces(long size) {
        return (size + PIECE - 1) / PIECE;
    }

    /** Joins the digests of a large file's pieces. */
    static byte[] tree(long size, byte[][] pieces) {
        MessageDigest sha256 = sha256();
        sha256.update((DigestAlgorithm.SHA256_TREE_4M_HEADER + size + "\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] piece : pieces) {
            sha256.update(piece);
        }
        return sha256.digest();
    }

    static DataException changed(Path file, String how) {
        return new DataException(file + " changed while it was read: " + how
                + ". Take the snapshot when nothing writes to the data any more.");
    }
}
