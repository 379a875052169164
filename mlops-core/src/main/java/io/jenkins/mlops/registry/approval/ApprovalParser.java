package io.jenkins.mlops.registry.approval;

import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.approval.ApprovalTokens.Kind;
import io.jenkins.mlops.registry.approval.ApprovalTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads approval expressions by recursive descent, into alternatives of rules that are all to be met.
 *
 * <p>The grammar stands at {@link ApprovalExpression}. {@code or} makes alternatives, {@code and} combines each
 * alternative of one side with each of the other; their number is bounded, so that no text can make it explode.
 */
final class ApprovalParser {
    private static final String TERM = "a number, a name or '('";
    private static final String NAME = "a user or group";

    private final String text;
    private final List<Token> tokens;
    private int at;
    private int depth;

    private ApprovalParser(String text) {
        this.text = text;
        this.tokens = ApprovalTokens.of(text);
    }

    static List<List<ApprovalRule>> alternatives(String text) {
        ApprovalParser parser = new ApprovalParser(text);
        List<List<ApprovalRule>> alternatives = parser.expression();
        Token rest = parser.peek();
        if (rest.kind() == Kind.COMMA) {
            throw parser.unexpected(
                    rest, "'and', 'or' or the end; a list of names stands in parentheses, as in 2 of (alice, bob)");
        }
        if (rest.kind() != Kind.END) {
            throw parser.unexpected(rest, "'and', 'or' or the end");
        }
        return alternatives;
    }

    private List<List<ApprovalRule>> expression() {
        List<List<ApprovalRule>> alternatives = new ArrayList<>(conjunction());
        while (peek().is("or")) {
            Token or = take();
            alternatives.addAll(conjunction());
            bound(or, alternatives.size());
        }
        return alternatives;
    }

    private List<List<ApprovalRule>> conjunction() {
        List<List<ApprovalRule>> all = term();
        while (peek().is("and")) {
            Token and = take();
            List<List<ApprovalRule>> more = term();
            bound(and, all.size() * more.size());
            List<List<ApprovalRule>> combined = new ArrayList<>();
            for (List<ApprovalRule> left : all) {
                for (List<ApprovalRule> right : more) {
                    List<ApprovalRule> both = new ArrayList<>(left);
                    both.addAll(right);
                    places(and, both);
                    combined.add(both);
                }
            }
            all = combined;
        }
        return all;
    }

    private void bound(Token where, int alternatives) {
        if (alternatives > ApprovalExpression.MAX_ALTERNATIVES) {
            throw unexpected(
                    where, "an expression of at most " + ApprovalExpression.MAX_ALTERNATIVES + " ways to meet it");
        }
    }

    private void places(Token where, List<ApprovalRule> rules) {
        if (rules.stream().mapToInt(ApprovalRule::count).sum() > ApprovalExpression.MAX_PEOPLE) {
            throw unexpected(where, "an expression that takes at most " + ApprovalExpression.MAX_PEOPLE + " people");
        }
    }

    private List<List<ApprovalRule>> term() {
        Token token = peek();
        if (token.kind() == Kind.OPEN) {
            if (++depth > ApprovalExpression.MAX_DEPTH) {
                throw unexpected(token, "at most " + ApprovalExpression.MAX_DEPTH + " parentheses in each other");
            }
            take();
            List<List<ApprovalRule>> inner = expression();
            expect(Kind.CLOSE, "'and', 'or' or ')'");
            depth--;
            return inner;
        }
        int count = 1;
        if (token.isNumber()) {
            count = count(take());
            Token of = peek();
            if (!of.is("of")) {
                throw unexpected(
                        of,
                        "'of' after the number (a user who is called " + token.text() + " is written \"" + token.text()
                                + "\")");
            }
            take();
            return List.of(List.of(new ApprovalRule(count, circle())));
        }
        if (token.is("anyone")) {
            take();
            return List.of(List.of(new ApprovalRule(1, Set.of())));
        }
        return List.of(List.of(new ApprovalRule(1, Set.of(name(TERM)))));
    }

    private int count(Token number) {
        int count = number.text().length() > 3 ? 0 : Integer.parseInt(number.text());
        if (count < 1 || count > 20) {
            throw unexpected(number, "a number of people from 1 to 20");
        }
        return count;
    }

    /** Who counts: one name, several in parentheses, or anyone, which is the empty set. */
    private Set<String> circle() {
        if (peek().is("anyone")) {
            take();
            return Set.of();
        }
        if (peek().kind() != Kind.OPEN) {
            return Set.of(name(NAME + ", 'anyone' or '('"));
        }
        take();
        Set<String> names = new LinkedHashSet<>();
        names.add(name(NAME));
        while (peek().kind() == Kind.COMMA || peek().is("or")) {
            take();
            names.add(name(NAME));
        }
        expect(Kind.CLOSE, "',', 'or' or ')'");
        return names;
    }

    /** A name as {@link ApprovalRule#approvers()} has it: {@code user:ID}, {@code group:NAME} or either. */
    private String name(String expected) {
        Token token = peek();
        if (token.kind() == Kind.QUOTED) {
            return take().text();
        }
        if (token.kind() != Kind.WORD || isReserved(token) || token.isNumber()) {
            throw unexpected(token, expected);
        }
        take();
        for (String kind : List.of("user", "group")) {
            if (token.is(kind)) {
                return kind + ":" + bare("the name of a " + kind);
            }
            if (token.is(kind + ":")) {
                Token name = peek();
                if (name.kind() != Kind.QUOTED || name.position() != token.end() + 1) {
                    throw unexpected(name, "the name of a " + kind + " right after '" + token.text() + "'");
                }
                return kind + ":" + take().text();
            }
            String prefix = kind + ":";
            if (token.text().regionMatches(true, 0, prefix, 0, prefix.length())) {
                return prefix + token.text().substring(prefix.length());
            }
        }
        return token.text();
    }

    private String bare(String expected) {
        Token token = peek();
        boolean name = token.kind() == Kind.QUOTED || (token.kind() == Kind.WORD && !isReserved(token));
        if (!name) {
            throw unexpected(token, expected);
        }
        return take().text();
    }

    static boolean isReserved(Token token) {
        return token.is("and") || token.is("or") || token.is("of") || token.is("anyone");
    }

    private void expect(Kind kind, String expected) {
        if (peek().kind() != kind) {
            throw unexpected(peek(), expected);
        }
        take();
    }

    private ApprovalSyntaxException unexpected(Token token, String expected) {
        return new ApprovalSyntaxException(text, token.position(), expected, token.shown());
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(at++);
    }
}
