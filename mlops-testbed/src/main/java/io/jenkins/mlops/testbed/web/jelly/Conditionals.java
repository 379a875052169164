package io.jenkins.mlops.testbed.web.jelly;

import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.expression.Expression;
import org.apache.commons.jelly.expression.ExpressionFactory;
import org.apache.commons.jelly.expression.ExpressionSupport;

/** The conditional operators {@code a ?: b} and {@code a ? b : c}, which Jenkins' JEXL has and this line of it lacks. */
final class Conditionals {
    private Conditionals() {}

    /** The expression of a text; without a conditional operator, what the factory makes of it. */
    static Expression parse(String text, ExpressionFactory jexl) throws JellyException {
        int question = find(text, '?', 0);
        if (question < 0) {
            return jexl.createExpression(text);
        }
        Expression condition = jexl.createExpression(text.substring(0, question));
        if (text.startsWith("?:", question)) {
            return new Choice(text, condition, null, parse(text.substring(question + 2), jexl));
        }
        int colon = find(text, ':', question + 1);
        if (colon < 0) {
            return jexl.createExpression(text);
        }
        return new Choice(
                text,
                condition,
                parse(text.substring(question + 1, colon), jexl),
                parse(text.substring(colon + 1), jexl));
    }

    private static int find(String text, char wanted, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == wanted && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static final class Choice extends ExpressionSupport {
        private final String text;
        private final Expression condition;
        private final Expression then;
        private final Expression otherwise;

        Choice(String text, Expression condition, Expression then, Expression otherwise) {
            this.text = text;
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        public String getExpressionText() {
            return text;
        }

        @Override
        public Object evaluate(JellyContext context) {
            Object value = condition.evaluateRecurse(context);
            if (then == null) {
                // Only what is absent gives way: neither false nor an empty text.
                return value != null ? value : otherwise.evaluateRecurse(context);
            }
            boolean holds = value != null && !Boolean.FALSE.equals(value) && !"".equals(value);
            return (holds ? then : otherwise).evaluateRecurse(context);
        }
    }
}
