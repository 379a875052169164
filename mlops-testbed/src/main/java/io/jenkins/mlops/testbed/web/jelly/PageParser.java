package io.jenkins.mlops.testbed.web.jelly;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.Script;
import org.apache.commons.jelly.expression.CompositeExpression;
import org.apache.commons.jelly.expression.ConstantExpression;
import org.apache.commons.jelly.expression.Expression;
import org.apache.commons.jelly.expression.ExpressionFactory;
import org.apache.commons.jelly.expression.ExpressionSupport;
import org.apache.commons.jelly.expression.jexl.JexlExpressionFactory;
import org.apache.commons.jelly.impl.ScriptBlock;
import org.apache.commons.jelly.parser.XMLParser;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Parses one Jelly file: knows whether it escapes by default and where its messages are. */
final class PageParser extends XMLParser {
    private final Messages messages;
    private final boolean escape;

    private PageParser(URL url, boolean escape) {
        this.messages = new Messages(url);
        this.escape = escape;
    }

    static Script read(URL url) throws IOException, SAXException, JellyException {
        byte[] bytes;
        try (InputStream in = url.openStream()) {
            bytes = in.readAllBytes();
        }
        String head = new String(bytes, StandardCharsets.UTF_8);
        boolean escape = head.matches("(?s).*<\\?jelly\\s+escape-by-default=['\"]true['\"]\\s*\\?>.*");
        PageParser parser = new PageParser(url, escape);
        JellyContext context = new PageContext();
        context.setCurrentURL(url);
        parser.setContext(context);
        InputSource source = new InputSource(new ByteArrayInputStream(bytes));
        source.setSystemId(url.toString());
        return parser.parse(source).compile();
    }

    @Override
    protected ExpressionFactory createExpressionFactory() {
        ExpressionFactory jexl = new JexlExpressionFactory();
        return text -> text.startsWith("%") ? messages.expression(text.substring(1), jexl) : jexl.createExpression(text);
    }

    @Override
    protected void addExpressionScript(ScriptBlock block, Expression expression) {
        boolean dynamic = !(expression instanceof ConstantExpression) && !(expression instanceof CompositeExpression);
        super.addExpressionScript(
                block,
                escape && dynamic && !(expression instanceof Messages.Localized) ? new Escaping(expression) : expression);
    }

    /** Says a text's value so that HTML shows it as it is. */
    private static final class Escaping extends ExpressionSupport {
        private final Expression core;

        Escaping(Expression core) {
            this.core = core;
        }

        @Override
        public String getExpressionText() {
            return core.getExpressionText();
        }

        @Override
        public Object evaluate(JellyContext context) {
            Object value = core.evaluateRecurse(context);
            return value == null || value instanceof Iterator ? null : HtmlOutput.escape(value.toString());
        }
    }
}
