package io.jenkins.mlops.data.table;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Scans the tokens of one line of JSON; strict, but for {@code NaN} and the infinities. */
final class JsonScanner {
    private static final int MAX_DEPTH = 64;

    /** What a value is. */
    enum Kind {
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        NESTED
    }

    /** A line that is no JSON object. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** Where the text of the last string, number or nested value stands. */
    byte[] bytes;

    int from;
    int to;

    /** The key of the requested column at hand, for errors. */
    @CheckForNull
    String key;

    private byte[] data;
    private int lineStart;
    private int p;
    private int end;
    private byte[] scratch = new byte[256];

    void start(byte[] line, int start, int stop) {
        data = line;
        lineStart = start;
        p = start;
        end = stop;
    }

    void blanks() {
        // Most often there is one blank or none.
        byte[] b = data;
        int stop = end;
        int q = p;
        while (q < stop && b[q] <= ' ' && (b[q] == ' ' || b[q] == '\t' || b[q] == '\r')) {
            q++;
        }
        p = q;
    }

    boolean atEnd() {
        return p == end;
    }

    void openObject() throws Malformed {
        if (data[p] != '{') {
            String hint = data[p] == '[' ? " Write one object a line, not one array of objects." : "";
            throw malformed("an object { ... }", hint);
        }
        p++;
    }

    /** Goes to the next key; false at the end of the object. */
    boolean nextMember(boolean first) throws Malformed {
        blanks();
        if (p < end && data[p] == '}') {
            p++;
            return false;
        }
        if (!first) {
            if (p == end || data[p] != ',') {
                throw malformed("a comma or }", "");
            }
            p++;
            blanks();
        }
        if (p == end || data[p] != '"') {
            throw malformed("a key in double quotes", "");
        }
        return true;
    }

    void colon() throws Malformed {
        blanks();
        if (p == end || data[p] != ':') {
            throw malformed("a colon after the key", "");
        }
        p++;
    }

    void requireEnd() throws Malformed {
        blanks();
        if (p != end) {
            throw malformed("the end of the line after the object", "");
        }
    }

    void skipValue() throws Malformed {
        value();
    }

    /** Scans a value of any kind. */
    Kind value() throws Malformed {
        blanks();
        if (p == end) {
            throw malformed("a value", "");
        }
        switch (data[p]) {
            case '"':
                string();
                return Kind.STRING;
            case '{', '[':
                nested();
                return Kind.NESTED;
            case 't':
                word("true");
                return Kind.TRUE;
            case 'f':
                word("false");
                return Kind.FALSE;
            case 'n':
                word("null");
                return Kind.NULL;
            default:
                number();
                return Kind.NUMBER;
        }
    }

    private void word(String word) throws Malformed {
        from = p;
        for (int i = 0; i < word.length(); i++) {
            if (p == end || data[p] != word.charAt(i)) {
                throw malformed("a value such as " + word, "");
            }
            p++;
        }
        bytes = data;
        to = p;
    }

    private void number() throws Malformed {
        int start = p;
        if (data[p] == '-') {
            p++;
        }
        if (p < end && (data[p] == 'N' || data[p] == 'I')) {
            word(data[p] == 'N' ? "NaN" : "Infinity");
            from = start;
            return;
        }
        int first = p;
        int digits = digits();
        if (digits == 0 || (digits > 1 && data[first] == '0')) {
            throw malformed("a value", "");
        }
        if (p < end && data[p] == '.') {
            p++;
            if (digits() == 0) {
                throw malformed("digits after the decimal point", "");
            }
        }
        if (p < end && (data[p] | 0x20) == 'e') {
            p++;
            if (p < end && (data[p] == '+' || data[p] == '-')) {
                p++;
            }
            if (digits() == 0) {
                throw malformed("digits in the exponent", "");
            }
        }
        bytes = data;
        from = start;
        to = p;
    }

    private int digits() {
        byte[] b = data;
        int q = p;
        int stop = end;
        while (q < stop && b[q] >= '0' && b[q] <= '9') {
            q++;
        }
        int digits = q - p;
        p = q;
        return digits;
    }

    /** Scans a string from its opening quote; its text without escapes is then between {@link #from} and {@link #to}. */
    void string() throws Malformed {
        int start = ++p;
        int length = -1;
        while (true) {
            p = ordinary(data, p, end);
            if (p == end) {
                throw malformed("a closing quote", " The line may be truncated.");
            }
            byte c = data[p];
            if (c == '"') {
                break;
            }
            if (c != '\\') {
                throw malformed("control characters in strings to be escaped", "");
            }
            length = append(Math.max(length, 0), start, p);
            p++;
            length = escape(length);
            start = p;
        }
        if (length < 0) {
            bytes = data;
            from = start;
            to = p;
        } else {
            length = append(length, start, p);
            bytes = scratch;
            from = 0;
            to = length;
        }
        p++;
    }

    /** Passes over the bytes that stand for themselves in a string. */
    private static int ordinary(byte[] b, int from, int to) {
        int q = from;
        while (q < to && b[q] != '"' && b[q] != '\\' && (b[q] >= ' ' || b[q] < 0)) {
            q++;
        }
        return q;
    }

    private int append(int length, int start, int stop) {
        room(length + stop - start + 4);
        System.arraycopy(data, start, scratch, length, stop - start);
        return length + stop - start;
    }

    private void room(int length) {
        if (scratch.length < length) {
            scratch = Arrays.copyOf(scratch, 2 * length);
        }
    }

    private int escape(int length) throws Malformed {
        if (p == end) {
            throw malformed("a character after \\", " The line may be truncated.");
        }
        room(length + 4);
        int known = "\"\\/bfnrt".indexOf(data[p]);
        if (known >= 0) {
            scratch[length] = (byte) "\"\\/\b\f\n\r\t".charAt(known);
            p++;
            return length + 1;
        }
        if (data[p] != 'u') {
            throw malformed("one of \" \\ / b f n r t u after \\", "");
        }
        p++;
        int unit = hex4();
        if (Character.isLowSurrogate((char) unit)) {
            throw malformed("a high surrogate before a low one", "");
        }
        if (Character.isHighSurrogate((char) unit)) {
            boolean another = p + 1 < end && data[p] == '\\' && data[p + 1] == 'u';
            p += another ? 2 : 0;
            int low = another ? hex4() : 0;
            if (!Character.isLowSurrogate((char) low)) {
                throw malformed("a low surrogate after a high one", "");
            }
            unit = Character.toCodePoint((char) unit, (char) low);
        }
        byte[] utf8 = Character.toString(unit).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, scratch, length, utf8.length);
        return length + utf8.length;
    }

    private int hex4() throws Malformed {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = p < end && data[p] > 0 ? Character.digit(data[p], 16) : -1;
            if (digit < 0) {
                throw malformed("four hexadecimal digits after \\u", "");
            }
            value = value << 4 | digit;
            p++;
        }
        return value;
    }

    /** Scans an object or an array, whose text is then between {@link #from} and {@link #to}. */
    private void nested() throws Malformed {
        int start = p;
        boolean[] object = new boolean[MAX_DEPTH];
        int depth = 0;
        boolean first = true;
        do {
            // Here stands an opening bracket, or what follows a value within one.
            if (first) {
                if (depth == MAX_DEPTH) {
                    throw malformed("at most " + MAX_DEPTH + " levels", "");
                }
                object[depth++] = data[p++] == '{';
            }
            boolean more = object[depth - 1] ? nextMember(first) : nextElement(first);
            if (!more) {
                depth--;
                first = false;
                continue;
            }
            if (object[depth - 1]) {
                string();
                colon();
                blanks();
            }
            first = p < end && (data[p] == '{' || data[p] == '[');
            if (!first) {
                value();
            }
        } while (depth > 0);
        bytes = data;
        from = start;
        to = p;
    }

    private boolean nextElement(boolean first) throws Malformed {
        blanks();
        if (p < end && data[p] == ']') {
            p++;
            return false;
        }
        if (!first) {
            if (p == end || data[p] != ',') {
                throw malformed("a comma or ]", "");
            }
            p++;
            blanks();
        }
        if (p == end) {
            throw malformed("a value or ]", "");
        }
        return true;
    }

    private Malformed malformed(String expected, String hint) {
        String found =
                p >= end ? "the end of the line" : "\"" + TextErrors.shown(data, p, Math.min(end, p + 20)) + "\"";
        return new Malformed("expected " + expected + ", found " + found + " at byte " + (p - lineStart + 1)
                + " of the line." + hint);
    }
}
