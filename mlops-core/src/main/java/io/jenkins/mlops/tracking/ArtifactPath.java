package io.jenkins.mlops.tracking;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a file stands among a run's artifacts: parts that are names on any system, and never lead out of a folder.
 *
 * <p>This is the one place where such a path is read from a text. Whatever is not plainly a path downwards is refused,
 * in the text itself and in what it would become if somebody decoded it once more: empty parts, {@code .} and
 * {@code ..}, back slashes, colons (drives, streams, URI schemes), {@code #} and {@code ?}, control and direction
 * characters, parts that end in a dot or a space.
 *
 * @param parts 0 to 50 names; none is the folder of the artifacts itself
 */
public record ArtifactPath(List<String> parts) implements Serializable {
    private static final int MAX_PARTS = 50;
    private static final int MAX_PART_BYTES = 255;
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_DECODINGS = 10;
    private static final String FORBIDDEN = "\\:#?*\"<>|";

    /** The folder itself. */
    public static final ArtifactPath ROOT = new ArtifactPath(List.of());

    public ArtifactPath {
        parts = Collections.unmodifiableList(new ArrayList<>(parts));
        if (parts.size() > MAX_PARTS || String.join("/", parts).length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Invalid path: an artifact's path has at most " + MAX_PARTS
                    + " parts and " + MAX_LENGTH + " characters");
        }
        for (String part : parts) {
            check(part);
            String decoded = part;
            for (int i = 0; decoded.indexOf('%') >= 0; i++) {
                String next = decodedOr(decoded);
                if (next.equals(decoded)) {
                    break;
                }
                if (i == MAX_DECODINGS || next.indexOf('/') >= 0) {
                    throw refused(part);
                }
                check(next);
                decoded = next;
            }
        }
    }

    /** Reads a path that is not encoded; the empty one is {@link #ROOT}, one slash at the end is passed over. */
    public static ArtifactPath of(String path) {
        if (path.isEmpty()) {
            return ROOT;
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new ArtifactPath(List.of(plain.split("/", -1)));
    }

    /** Reads a path as it stands in a URL: parted by its slashes first, then each part decoded, once. */
    public static ArtifactPath ofUrl(String path) {
        if (path.isEmpty()) {
            return ROOT;
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> parts = new ArrayList<>();
        for (String part : plain.split("/", -1)) {
            String decoded = decoded(part);
            if (decoded.indexOf('/') >= 0) {
                throw refused(part);
            }
            parts.add(decoded);
        }
        return new ArtifactPath(parts);
    }

    private static void check(String part) {
        boolean bad = part.isEmpty()
                || part.equals(".")
                || part.equals("..")
                || part.endsWith(".")
                || part.endsWith(" ")
                || part.startsWith(" ")
                || part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES;
        for (int i = 0; i < part.length() && !bad; i++) {
            char c = part.charAt(i);
            int type = Character.getType(c);
            bad = FORBIDDEN.indexOf(c) >= 0
                    || c == '/'
                    || Character.isISOControl(c)
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    // Full-width and similar forms of dots and slashes, which some systems fold into the plain ones.
                    || c == '\uff0e'
                    || c == '\uff0f'
                    || c == '\uff3c'
                    || c == '\u2024'
                    || c == '\u2025'
                    || c == '\u2044'
                    || c == '\u2215';
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < part.length()
                        && Character.isLowSurrogate(part.charAt(i + 1));
                bad = !pair;
                i++;
            }
        }
        if (bad) {
            throw refused(part);
        }
    }

    private static IllegalArgumentException refused(String part) {
        StringBuilder shown = new StringBuilder();
        part.codePoints()
                .limit(60)
                .forEach(c -> shown.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : Character.toString(c)));
        return new IllegalArgumentException("Invalid path: '" + shown
                + "' is no name that an artifact's path may have; give a relative path of plain names with '/'");
    }

    /** The text without percent-encoding; what is not well encoded is refused. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(plain.length);
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] != '%') {
                bytes.put(plain[i]);
                continue;
            }
            int high = i + 2 < plain.length ? Character.digit(plain[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(plain[i + 2], 16);
            if (low < 0) {
                throw refused(text);
            }
            bytes.put((byte) (high * 16 + low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(text);
        }
    }

    private static String decodedOr(String text) {
        try {
            return decoded(text);
        } catch (IllegalArgumentException e) {
            // No well-formed encoding, so nobody decodes it to anything else.
            return text;
        }
    }

    public boolean isRoot() {
        return parts.isEmpty();
    }

    /** The path without its first {@code count} parts. */
    public ArtifactPath from(int count) {
        return new ArtifactPath(parts.subList(count, parts.size()));
    }

    /** The last part; empty for the root. */
    public String name() {
        return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
    }

    /** With {@code /} between the parts. */
    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
