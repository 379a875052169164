package io.jenkins.mlops.testbed.web.jelly;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.Script;
import org.apache.commons.jelly.expression.Expression;
import org.apache.commons.jelly.expression.ExpressionFactory;
import org.apache.commons.jelly.expression.jexl.JexlExpressionFactory;
import org.apache.commons.jelly.impl.ExpressionScript;
import org.apache.commons.jelly.impl.ScriptBlock;
import org.apache.commons.jelly.parser.XMLParser;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Parses one Jelly file: knows where its messages are. */
final class PageParser extends XMLParser {
    private final Messages messages;

    private PageParser(URL url) {
        this.messages = new Messages(url);
    }

    static Script read(URL url) throws IOException, SAXException, JellyException {
        PageParser parser = new PageParser(url);
        JellyContext context = new PageContext();
        context.setCurrentURL(url);
        parser.setContext(context);
        try (InputStream in = url.openStream()) {
            InputSource source = new InputSource(in);
            source.setSystemId(url.toString());
            return parser.parse(source).compile();
        }
    }

    @Override
    protected ExpressionFactory createExpressionFactory() {
        ExpressionFactory jexl = new JexlExpressionFactory();
        return text -> text.startsWith("%")
                ? messages.expression(text.substring(1), t -> Conditionals.parse(t, jexl))
                : Conditionals.parse(text, jexl);
    }

    @Override
    protected void addExpressionScript(ScriptBlock block, Expression expression) {
        if (expression instanceof Messages.Localized) {
            // The parser would escape the whole text, which may hold markup; its arguments are escaped already.
            block.addScript(new ExpressionScript(expression));
        } else {
            super.addExpressionScript(block, expression);
        }
    }
}
