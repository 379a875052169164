package io.jenkins.mlops.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a dataset with their digests, in a fixed text form whose SHA-256 is the dataset's digest.
 *
 * <p>The text is UTF-8 with a line feed after each line, the last one included. The first line is {@code
 * mlops-manifest-v1}. Each further line stands for one file:
 *
 * <pre>{@code <algorithm> <64 hex digits> <size in bytes, decimal> <path>}</pre>
 *
 * <p>with one blank between the parts; the algorithm is {@link DigestAlgorithm#id()}. In the path, with {@code /} between
 * names, a back slash is written {@code \\}, a line feed {@code \n} and a carriage return {@code \r}. The lines are
 * sorted by the bytes of the unescaped path in UTF-8, compared as unsigned numbers. There are no times, owners or modes
 * in it, and no empty folders: equal content under equal names has an equal digest, on any machine and at any time.
 *
 * @param entries the files, in the order above; the constructor sorts them
 */
public record Manifest(List<FileEntry> entries) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The first line of the text. */
    public static final String FIRST_LINE = "mlops-manifest-v1";

    private static final int MAX_ENTRIES = 10_000_000;

    /** Sorts the entries; refuses two of one path. */
    public Manifest {
        List<FileEntry> sorted = new ArrayList<>(Checks.list(entries, "files", MAX_ENTRIES));
        boolean ordinary = sorted.stream().noneMatch(entry -> hasSurrogate(entry.path()));
        sorted.sort(ordinary ? Comparator.comparing(FileEntry::path) : (a, b) -> compare(a.path(), b.path()));
        for (int i = 1; i < sorted.size(); i++) {
            String path = sorted.get(i).path();
            Checks.require(!path.equals(sorted.get(i - 1).path()), "each path once", path);
        }
        entries = Collections.unmodifiableList(sorted);
    }

    /** The sizes of all files together, in bytes. */
    public long bytes() {
        return entries.stream().mapToLong(FileEntry::bytes).sum();
    }

    /** The digest of the text: {@code sha256:<64 hex digits>}. */
    public String digest() {
        MessageDigest sha256 = FileDigester.sha256();
        StringBuilder block = new StringBuilder(FIRST_LINE).append('\n');
        for (FileEntry entry : entries) {
            text(entry, block);
            if (block.length() > 1 << 16) {
                sha256.update(block.toString().getBytes(StandardCharsets.UTF_8));
                block.setLength(0);
            }
        }
        sha256.update(block.toString().getBytes(StandardCharsets.UTF_8));
        return FileDigester.named(sha256.digest());
    }

    /** The text. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        for (FileEntry entry : entries) {
            text(entry, text);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the text form; only exactly what {@link #toBytes()} writes is accepted.
     *
     * @throws DataException when the text has another form, with the line
     */
    public static Manifest parse(byte[] bytes) throws DataException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataException("Expected a manifest in UTF-8, found other bytes.", e);
        }
        if (!text.startsWith(FIRST_LINE + "\n")) {
            throw malformed(1, "\"" + FIRST_LINE + "\"");
        }
        List<FileEntry> entries = new ArrayList<>();
        int line = 2;
        int start = FIRST_LINE.length() + 1;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                throw malformed(line, "a line feed at the end; the manifest may be truncated");
            }
            entries.add(entry(text.substring(start, end), line++));
            start = end + 1;
        }
        Manifest manifest;
        try {
            manifest = new Manifest(entries);
        } catch (IllegalArgumentException e) {
            throw new DataException("The manifest is not valid. " + e.getMessage(), e);
        }
        if (!Arrays.equals(manifest.toBytes(), bytes)) {
            throw new DataException("Expected a manifest in its one canonical form, found another order or writing.");
        }
        return manifest;
    }

    private static FileEntry entry(String text, int line) throws DataException {
        String[] parts = text.split(" ", 4);
        if (parts.length != 4) {
            throw malformed(line, "<algorithm> <digest> <size> <path>");
        }
        try {
            return new FileEntry(
                    unescape(parts[3]), Long.parseLong(parts[2]), DigestAlgorithm.ofId(parts[0]), "sha256:" + parts[1]);
        } catch (IllegalArgumentException e) {
            throw new DataException("The manifest's line " + line + " is not valid. " + e.getMessage(), e);
        }
    }

    private static DataException malformed(int line, String expected) {
        return new DataException("The manifest's line " + line + " is not valid. Expected " + expected + ".");
    }

    private static void text(FileEntry entry, StringBuilder into) {
        into.append(entry.algorithm().id()).append(' ');
        into.append(entry.digest(), "sha256:".length(), entry.digest().length()).append(' ');
        into.append(entry.bytes()).append(' ').append(escape(entry.path())).append('\n');
    }

    private static String escape(String path) {
        if (path.indexOf('\\') < 0 && path.indexOf('\n') < 0 && path.indexOf('\r') < 0) {
            return path;
        }
        return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String path) {
        if (path.indexOf('\\') < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                i++;
                char escaped = i < path.length() ? path.charAt(i) : ' ';
                int known = "\\nr".indexOf(escaped);
                Checks.require(known >= 0, "\\\\, \\n or \\r", "\\" + escaped);
                c = "\\\n\r".charAt(known);
            }
            out.append(c);
        }
        return out.toString();
    }

    // Only with code points beyond 16 bits does the order of strings differ from that of their bytes in UTF-8.
    private static boolean hasSurrogate(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (Character.isSurrogate(path.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The order of the UTF-8 bytes, which is the order of the code points. */
    static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above all others.
                boolean xs = Character.isSurrogate(x);
                boolean ys = Character.isSurrogate(y);
                return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
