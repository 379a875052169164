package io.jenkins.mlops.monitor.window;

/**
 * Reads one line of JSON Lines into a row: the members of nested objects are named {@code outer.inner}, the elements of
 * arrays {@code name[0]}; null is a missing cell.
 */
final class JsonLine {
    /** What stands for null where missing cells are kept. */
    static final Object MISSING = new Object();

    private static final int DEPTH = 20;

    private final String text;
    private final LogRow row;
    private final int columns;
    private final boolean keepsMissing;
    private int at;

    private JsonLine(String text, LogRow row, int columns, boolean keepsMissing) {
        this.text = text;
        this.row = row;
        this.columns = columns;
        this.keepsMissing = keepsMissing;
    }

    /** Whether the line is one JSON object; if not, what the row then holds is of no use. */
    static boolean read(String line, LogRow row, int columns) {
        return new JsonLine(line, row, columns, false).read(true);
    }

    /** Whether a text is one JSON value of any kind; keeps {@link #MISSING} for a null, so that places are not lost. */
    static boolean readAny(String text, LogRow row, int columns) {
        return new JsonLine(text, row, columns, true).read(false);
    }

    private boolean read(boolean object) {
        try {
            blanks();
            if (object && peek() != '{') {
                return false;
            }
            value("", 0);
            blanks();
            return at == text.length();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private char peek() {
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private void expect(char c) {
        if (text.charAt(at++) != c) {
            throw new IllegalArgumentException();
        }
    }

    private void value(String name, int depth) {
        if (depth > DEPTH) {
            throw new IllegalArgumentException();
        }
        blanks();
        switch (peek()) {
            case '{' -> object(name, depth);
            case '[' -> array(name, depth);
            case '"' -> put(name, string());
            case 't' -> word("true", name, true);
            case 'f' -> word("false", name, false);
            case 'n' -> word("null", name, null);
            case 'N' -> word("NaN", name, Double.NaN);
            case 'I' -> word("Infinity", name, Double.POSITIVE_INFINITY);
            default -> number(name);
        }
    }

    private void put(String name, Object value) {
        // More than are compared, as the time and the id may stand behind them.
        if (row.size() < 2L * columns) {
            row.put(name, value);
        }
    }

    private void word(String word, String name, Object value) {
        if (!text.startsWith(word, at)) {
            throw new IllegalArgumentException();
        }
        at += word.length();
        if (value != null) {
            put(name, value);
        } else if (keepsMissing) {
            put(name, MISSING);
        }
    }

    private void object(String name, int depth) {
        expect('{');
        blanks();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            blanks();
            String member = string();
            blanks();
            expect(':');
            value(name.isEmpty() ? member : name + "." + member, depth + 1);
            blanks();
            char c = text.charAt(at++);
            if (c == '}') {
                return;
            } else if (c != ',') {
                throw new IllegalArgumentException();
            }
        }
    }

    private void array(String name, int depth) {
        expect('[');
        blanks();
        if (peek() == ']') {
            at++;
            return;
        }
        for (int i = 0; ; i++) {
            value(name + "[" + i + "]", depth + 1);
            blanks();
            char c = text.charAt(at++);
            if (c == ']') {
                return;
            } else if (c != ',') {
                throw new IllegalArgumentException();
            }
        }
    }

    private String string() {
        expect('"');
        int from = at;
        while (peek() != '"' && peek() != '\\') {
            at++;
        }
        if (peek() == '"') {
            return text.substring(from, at++);
        }
        StringBuilder unescaped = new StringBuilder(text.substring(from, at));
        while (peek() != '"') {
            char c = text.charAt(at++);
            unescaped.append(c == '\\' ? escaped() : c);
        }
        at++;
        return unescaped.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                int code = Integer.parseInt(text.substring(at, at + 4), 16);
                at += 4;
                yield (char) code;
            }
            default -> throw new IllegalArgumentException();
        };
    }

    private void number(String name) {
        int from = at;
        boolean whole = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            whole &= ".eE".indexOf(text.charAt(at)) < 0;
            at++;
        }
        String digits = text.substring(from, at);
        if (digits.equals("-") && text.startsWith("Infinity", at)) {
            word("Infinity", name, Double.NEGATIVE_INFINITY);
        } else if (whole && digits.length() <= 18) {
            put(name, Long.parseLong(digits));
        } else {
            put(name, Double.parseDouble(digits));
        }
    }
}
