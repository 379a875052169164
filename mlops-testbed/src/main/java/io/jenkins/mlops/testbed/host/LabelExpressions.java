package io.jenkins.mlops.testbed.host;

import hudson.model.Label;
import hudson.model.labels.LabelAtom;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Label expressions: names with {@code !}, {@code &&}, {@code ||} and parentheses. */
public final class LabelExpressions {
    private final String text;
    private final Set<String> labels;
    private int at;

    private LabelExpressions(String text, Set<String> labels) {
        this.text = text;
        this.labels = labels;
    }

    /** The label of that expression. */
    public static Label label(String expression) {
        return expression.matches("[^!&|()\\s]+") ? LabelAtom.get(expression) : new Expression(expression);
    }

    /** Whether an expression holds for a set of labels. */
    public static boolean matches(String expression, Collection<LabelAtom> labels) {
        LabelExpressions e = new LabelExpressions(
                expression, labels.stream().map(Label::getName).collect(Collectors.toSet()));
        boolean holds = e.or();
        if (e.at < expression.length()) {
            throw new IllegalArgumentException("Invalid label expression: " + expression);
        }
        return holds;
    }

    private boolean or() {
        boolean holds = and();
        while (take("||")) {
            holds |= and();
        }
        return holds;
    }

    private boolean and() {
        boolean holds = not();
        while (take("&&")) {
            holds &= not();
        }
        return holds;
    }

    private boolean not() {
        if (take("!")) {
            return !not();
        }
        if (take("(")) {
            boolean holds = or();
            if (!take(")")) {
                throw new IllegalArgumentException("Invalid label expression: " + text);
            }
            return holds;
        }
        skip();
        int from = at;
        while (at < text.length() && " &|!()".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(from, at).replace("\"", "");
        skip();
        return labels.contains(name);
    }

    private boolean take(String token) {
        skip();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void skip() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static final class Expression extends Label {
        Expression(String expression) {
            super(expression);
        }

        @Override
        public String getExpression() {
            return name;
        }
    }
}
