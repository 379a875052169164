package io.jenkins.mlops.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a filter into words, quoted texts, numbers and signs. */
final class Tokens {
    private static final int MAX_LENGTH = 50_000;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    /** What a token is. */
    enum Kind {
        /** Letters, digits and {@code _ - / .}: a keyword, a name or a number. */
        WORD,
        /** In backticks: a name. */
        NAME,
        /** In single or double quotes: a value, or a name. */
        QUOTED,
        SIGN,
        END
    }

    /**
     * One token.
     *
     * @param text without its quotes
     * @param position of its first character
     * @param spaced whether white space stands before it
     */
    record Token(Kind kind, String text, int position, boolean spaced) {
        boolean is(String keyword) {
            return (kind == Kind.WORD || kind == Kind.SIGN)
                    && text.toUpperCase(Locale.ROOT).equals(keyword);
        }

        String shown() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    Tokens(String text) {
        this.text = text;
        if (text.length() > MAX_LENGTH) {
            throw new FilterException(text, MAX_LENGTH, "a filter has at most " + MAX_LENGTH + " characters");
        }
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else {
                i = token(i, c);
            }
        }
        tokens.add(new Token(Kind.END, "", text.length(), true));
    }

    private int token(int start, char c) {
        boolean spaced = start == 0 || Character.isWhitespace(text.charAt(start - 1));
        if (c == '\'' || c == '"' || c == '`') {
            return quoted(start, c, spaced);
        }
        if (isWord(c) || (c == '-' || c == '+' || c == '.') && isDigitAt(start + 1)) {
            int end = start + 1;
            while (end < text.length() && (isWord(text.charAt(end)) || isInner(end))) {
                end++;
            }
            tokens.add(new Token(Kind.WORD, text.substring(start, end), start, spaced));
            return end;
        }
        for (String sign : List.of("<=", ">=", "!=", "<>", "==", "=", "<", ">", "(", ")", ",", ".")) {
            if (text.startsWith(sign, start)) {
                tokens.add(new Token(Kind.SIGN, sign, start, spaced));
                return start + sign.length();
            }
        }
        throw new FilterException(text, start, "unexpected '" + Character.toString(text.codePointAt(start)) + "'");
    }

    /** A dot, dash, slash or sign that belongs to the word around it, rather than standing before a quoted name. */
    private boolean isInner(int i) {
        char c = text.charAt(i);
        if (c == '.' || c == '-' || c == '/') {
            return i + 1 < text.length() && (isWord(text.charAt(i + 1)) || isInner(i + 1));
        }
        return c == '+' && Character.toLowerCase(text.charAt(i - 1)) == 'e' && isDigitAt(i + 1);
    }

    private boolean isDigitAt(int i) {
        return i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.');
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Quotes inside a quoted text are doubled. */
    private int quoted(int start, char quote, boolean spaced) {
        StringBuilder content = new StringBuilder();
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != quote) {
                content.append(c);
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                content.append(quote);
                i++;
            } else {
                tokens.add(new Token(quote == '`' ? Kind.NAME : Kind.QUOTED, content.toString(), start, spaced));
                return i + 1;
            }
        }
        throw new FilterException(text, start, "the quote " + quote + " is not closed");
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean takes(String keyword) {
        if (peek().is(keyword)) {
            next();
            return true;
        }
        return false;
    }

    FilterException expected(String what, Token found) {
        return new FilterException(text, found.position(), "expected " + what + ", found " + found.shown());
    }

    FilterException wrong(Token at, String reason) {
        return new FilterException(text, at.position(), reason);
    }
}
