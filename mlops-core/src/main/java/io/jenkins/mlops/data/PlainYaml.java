package io.jenkins.mlops.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of YAML that DVC writes: block mappings and sequences, plain and quoted scalars.
 *
 * <p>All scalars come back as strings. Anything else of YAML (anchors, tags, flow collections but {@code []} and {@code
 * {}}, several documents, tabs) is refused, not guessed: there is no YAML library on agents.
 */
final class PlainYaml {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_LINES = 100_000;

    private record Line(int number, int indent, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private int at;

    private PlainYaml() {}

    /** A text that is not of the part that is read. */
    static final class NotPlainException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPlainException(int line, String expected) {
            super("line " + line + ": expected " + expected);
        }
    }

    /** Parses a mapping; its values are strings, lists and maps. */
    static Map<String, Object> parse(byte[] utf8) throws NotPlainException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotPlainException(1, "UTF-8");
        }
        PlainYaml yaml = new PlainYaml();
        yaml.split(text);
        if (yaml.lines.isEmpty()) {
            return new LinkedHashMap<>();
        }
        Map<String, Object> root = yaml.mapping(yaml.lines.get(0).indent(), 0);
        if (yaml.at < yaml.lines.size()) {
            throw new NotPlainException(yaml.line().number(), "the indentation of the lines before");
        }
        return root;
    }

    private void split(String text) throws NotPlainException {
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.stripTrailing();
            int indent = 0;
            while (indent < line.length() && line.charAt(indent) == ' ') {
                indent++;
            }
            if (line.indexOf('\t') >= 0 || number > MAX_LINES) {
                throw new NotPlainException(number, "no tabs, and at most " + MAX_LINES + " lines");
            }
            if (indent < line.length() && line.charAt(indent) != '#') {
                lines.add(new Line(number, indent, line.substring(indent)));
            }
        }
    }

    private Line line() {
        return lines.get(at);
    }

    private boolean here(int indent) {
        return at < lines.size() && line().indent() == indent;
    }

    private boolean isItem() {
        return line().text().equals("-") || line().text().startsWith("- ");
    }

    private Map<String, Object> mapping(int indent, int depth) throws NotPlainException {
        requireDepth(depth);
        Map<String, Object> map = new LinkedHashMap<>();
        while (here(indent) && !isItem()) {
            Line line = line();
            int colon = keyEnd(line);
            String key = scalar(line, line.text().substring(0, colon).strip());
            String rest = line.text().substring(colon + 1).strip();
            at++;
            if (map.put(key, value(line, rest, indent, depth)) != null) {
                throw new NotPlainException(line.number(), "each key once");
            }
        }
        return map;
    }

    private List<Object> sequence(int indent, int depth) throws NotPlainException {
        requireDepth(depth);
        List<Object> list = new ArrayList<>();
        while (here(indent) && isItem()) {
            Line line = line();
            String rest = line.text().substring(1).strip();
            int inner = indent
                    + line.text().length()
                    - line.text().substring(1).stripLeading().length();
            if (!rest.isEmpty() && hasKey(rest)) {
                // The item's first key stands on the line of the dash: read it as a line of its own.
                lines.set(at, new Line(line.number(), inner, rest));
                list.add(mapping(inner, depth + 1));
            } else {
                at++;
                list.add(value(line, rest, indent, depth));
            }
        }
        return list;
    }

    private Object value(Line line, String rest, int indent, int depth) throws NotPlainException {
        if (rest.isEmpty()) {
            if (at < lines.size() && line().indent() > indent) {
                return isItem() ? sequence(line().indent(), depth + 1) : mapping(line().indent(), depth + 1);
            }
            // A sequence may stand at the indentation of its key.
            boolean sameIndent = here(indent) && isItem() && !line.text().startsWith("-");
            return sameIndent ? sequence(indent, depth + 1) : "";
        }
        if (rest.equals("[]")) {
            return new ArrayList<>();
        }
        if (rest.equals("{}")) {
            return new LinkedHashMap<>();
        }
        boolean block = rest.matches("[|>][+-]?");
        char first = rest.charAt(0);
        StringBuilder text = new StringBuilder(block ? "" : rest);
        while (at < lines.size() && line().indent() > indent) {
            boolean plain = !block && first != '"' && first != '\'';
            if (plain && (line().text().contains(": ") || line().text().endsWith(":"))) {
                throw new NotPlainException(line().number(), "the indentation of the lines before");
            }
            text.append(text.length() == 0 ? "" : " ").append(line().text());
            at++;
        }
        return block ? text.toString() : scalar(line, text.toString());
    }

    private static boolean hasKey(String text) {
        char first = text.charAt(0);
        return first != '"' && first != '\'' && (text.endsWith(":") || text.contains(": "));
    }

    private static int keyEnd(Line line) throws NotPlainException {
        String text = line.text();
        int from = 0;
        if (text.charAt(0) == '\'' || text.charAt(0) == '"') {
            from = text.indexOf(text.charAt(0), 1) + 1;
        }
        int colon = text.indexOf(": ", from);
        if (colon < 0 && text.endsWith(":")) {
            colon = text.length() - 1;
        }
        if (colon <= 0) {
            throw new NotPlainException(line.number(), "a key and a colon");
        }
        return colon;
    }

    private static String scalar(Line line, String text) throws NotPlainException {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (first == '\'') {
            if (text.length() < 2 || !text.endsWith("'")) {
                throw new NotPlainException(line.number(), "a closing quote");
            }
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        if (first == '"') {
            String inner = text.substring(1, Math.max(1, text.length() - 1));
            if (text.length() < 2 || !text.endsWith("\"") || inner.indexOf('\\') >= 0 || inner.indexOf('"') >= 0) {
                throw new NotPlainException(line.number(), "a double-quoted text without escapes");
            }
            return inner;
        }
        if ("&*!|>%@`[]{}?,#".indexOf(first) >= 0 || text.startsWith("---")) {
            throw new NotPlainException(line.number(), "a plain or quoted value, found " + first);
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).stripTrailing();
    }

    private void requireDepth(int depth) throws NotPlainException {
        if (depth > MAX_DEPTH) {
            throw new NotPlainException(line().number(), "at most " + MAX_DEPTH + " levels");
        }
    }
}
