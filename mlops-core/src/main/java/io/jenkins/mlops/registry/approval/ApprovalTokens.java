package io.jenkins.mlops.registry.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cuts an approval expression into words, quoted names, parentheses and commas. */
final class ApprovalTokens {
    /** What a token is. */
    enum Kind {
        WORD,
        QUOTED,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    /**
     * One token.
     *
     * @param text the word, or the name without its quotes
     * @param position of its first character, from 1
     * @param end of its last character, from 1
     */
    record Token(Kind kind, String text, int position, int end) {
        boolean is(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }

        boolean isNumber() {
            return kind == Kind.WORD && text.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        String shown() {
            return switch (kind) {
                case END -> "the end";
                case QUOTED -> "\"" + text + "\"";
                default -> "'" + text + "'";
            };
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();

    private ApprovalTokens(String text) {
        this.text = text;
    }

    /** The tokens of a text, the last of kind {@link Kind#END}. */
    static List<Token> of(String text) {
        ApprovalTokens cutter = new ApprovalTokens(text);
        int at = 0;
        while (at < text.length()) {
            at = cutter.next(at);
        }
        cutter.tokens.add(new Token(Kind.END, "", text.length() + 1, text.length() + 1));
        return Collections.unmodifiableList(cutter.tokens);
    }

    private int next(int at) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
            return at + 1;
        }
        Kind single = single(c);
        if (single != null) {
            tokens.add(new Token(single, String.valueOf(c), at + 1, at + 1));
            return at + 1;
        }
        if (c == '"') {
            return quoted(at);
        }
        int end = at;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        tokens.add(new Token(Kind.WORD, text.substring(at, end), at + 1, end));
        return end;
    }

    @CheckForNull
    private static Kind single(char c) {
        return switch (c) {
            case '(' -> Kind.OPEN;
            case ')' -> Kind.CLOSE;
            case ',' -> Kind.COMMA;
            default -> null;
        };
    }

    /** Whether a character may stand in a name without quotes. */
    static boolean isWord(char c) {
        return !Character.isWhitespace(c) && c != '(' && c != ')' && c != ',' && c != '"';
    }

    private int quoted(int from) {
        StringBuilder name = new StringBuilder();
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (name.toString().isBlank()) {
                    throw new ApprovalSyntaxException(text, from + 1, "a name between the quotes", "nothing");
                }
                tokens.add(new Token(Kind.QUOTED, name.toString(), from + 1, at + 1));
                return at + 1;
            }
            if (c == '\\') {
                at++;
                if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
                    throw new ApprovalSyntaxException(
                            text,
                            at + 1,
                            "'\"' or '\\' after '\\'",
                            at >= text.length() ? "the end" : "'" + text.charAt(at) + "'");
                }
                name.append(text.charAt(at));
            } else {
                name.append(c);
            }
        }
        throw new ApprovalSyntaxException(
                text, text.length() + 1, "'\"' to end the name that begins at position " + (from + 1), "the end");
    }
}
