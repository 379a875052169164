package io.jenkins.mlops.testbed.web.jelly;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.ext.DefaultHandler2;

/** Writes elements as HTML; text passes as it is, for it was escaped where it came from. */
final class HtmlOutput extends DefaultHandler2 {
    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");
    private final Writer out;

    HtmlOutput(Writer out) {
        this.out = out;
    }

    static String escape(String s) {
        StringBuilder b = new StringBuilder(s.length() + 16);
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '<' -> b.append("&lt;");
                case '>' -> b.append("&gt;");
                case '&' -> b.append("&amp;");
                case '"' -> b.append("&quot;");
                case '\'' -> b.append("&#039;");
                default -> b.append(c);
            }
        }
        return b.toString();
    }

    private void write(String s) throws SAXException {
        try {
            out.write(s);
        } catch (IOException e) {
            throw new SAXException(e);
        }
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) throws SAXException {
        StringBuilder b = new StringBuilder("<").append(name);
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.getQName(i);
            if (!attribute.startsWith("xmlns")) {
                b.append(' ')
                        .append(attribute)
                        .append("=\"")
                        .append(escape(attributes.getValue(i)))
                        .append('"');
            }
        }
        write(b.append('>').toString());
    }

    @Override
    public void endElement(String uri, String local, String name) throws SAXException {
        if (!VOID.contains(name)) {
            write("</" + name + ">");
        }
    }

    @Override
    public void characters(char[] ch, int start, int length) throws SAXException {
        write(new String(ch, start, length));
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) throws SAXException {
        write("<!DOCTYPE " + name + ">");
    }
}
