package io.jenkins.mlops.testbed.web.jelly;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.expression.Expression;
import org.apache.commons.jelly.expression.ExpressionFactory;
import org.apache.commons.jelly.expression.ExpressionSupport;

/** The texts beside a view: {@code ${%key}} and {@code ${%key(argument)}} from its {@code .properties} file. */
final class Messages {
    private final Properties texts = new Properties();

    Messages(URL view) {
        try {
            URL file = new URL(view.toString().replaceFirst("\\.jelly$", ".properties"));
            try (InputStream in = file.openStream()) {
                texts.load(in);
            }
        } catch (IOException e) {
            // A view without texts of its own shows its keys.
            texts.clear();
        }
    }

    Expression expression(String text, ExpressionFactory factory) throws JellyException {
        int open = text.indexOf('(');
        String key = (open < 0 || !text.endsWith(")") ? text : text.substring(0, open)).trim();
        List<Expression> arguments = new ArrayList<>();
        if (open >= 0 && text.endsWith(")")) {
            for (String argument : split(text.substring(open + 1, text.length() - 1))) {
                arguments.add(factory.createExpression(argument));
            }
        }
        return new Localized(texts.getProperty(key.replace(' ', '\u0020'), key), arguments);
    }

    /** Splits at commas that stand outside of parentheses and quotes. */
    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(arguments.substring(from, i).trim());
                from = i + 1;
            }
        }
        parts.add(arguments.substring(from).trim());
        return parts;
    }

    /** A text with its arguments; these are escaped, the text itself may hold markup. */
    static final class Localized extends ExpressionSupport {
        private final String pattern;
        private final List<Expression> arguments;

        Localized(String pattern, List<Expression> arguments) {
            this.pattern = pattern;
            this.arguments = arguments;
        }

        @Override
        public String getExpressionText() {
            return "${%" + pattern + "}";
        }

        @Override
        public Object evaluate(JellyContext context) {
            Object[] values = arguments.stream()
                    .map(a -> a.evaluateRecurse(context))
                    .map(v -> v instanceof Number || v == null ? v : HtmlOutput.escape(v.toString()))
                    .toArray();
            return values.length == 0 ? pattern.replace("''", "'") : MessageFormat.format(pattern, values);
        }
    }
}
