package io.jenkins.mlops.data.table;

import java.nio.charset.StandardCharsets;

/** Wording that the parsers of text files share. */
final class TextErrors {
    private static final int SHOWN = 60;

    private TextErrors() {}

    /** A piece of a file, fit for a build log: cut, and without control characters. */
    static String shown(String text) {
        StringBuilder out = new StringBuilder();
        int end = text.length() > SHOWN ? SHOWN : text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return end < text.length() ? out + "..." : out.toString();
    }

    static String shown(byte[] b, int from, int to) {
        return shown(new String(b, from, Math.min(to - from, 4 * SHOWN), StandardCharsets.UTF_8));
    }

    static ChunkError lineTooLong(long line, int maxLineBytes) {
        return new ChunkError(
                line, null, "expected at most " + maxLineBytes + " bytes (limit maxLineBytes), found a longer line.");
    }

    /** Refuses a chunk that is not UTF-8. */
    static void requireUtf8(Chunk chunk) throws ChunkError {
        int bad = Utf8.firstInvalid(chunk.data, 0, chunk.length);
        if (bad < 0) {
            return;
        }
        long line = 0;
        for (int i = 0; i < bad; i++) {
            if (chunk.data[i] == '\n') {
                line++;
            }
        }
        throw new ChunkError(
                line,
                null,
                String.format(
                        "expected UTF-8, found the byte 0x%02X at byte offset %d. Save the file as UTF-8.",
                        chunk.data[bad] & 0xFF, chunk.offset + bad));
    }
}
