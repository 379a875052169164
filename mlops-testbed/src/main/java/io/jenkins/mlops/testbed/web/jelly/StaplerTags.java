package io.jenkins.mlops.testbed.web.jelly;

import io.jenkins.mlops.testbed.host.Extensions;
import java.io.IOException;
import java.net.URL;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.jelly.DynaTag;
import org.apache.commons.jelly.JellyContext;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.JellyTagException;
import org.apache.commons.jelly.MissingAttributeException;
import org.apache.commons.jelly.TagLibrary;
import org.apache.commons.jelly.TagSupport;
import org.apache.commons.jelly.XMLOutput;
import org.apache.commons.jelly.impl.TagScript;
import org.kohsuke.stapler.Stapler;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;

/** The part of {@code jelly:stapler} that pages use. */
final class StaplerTags extends TagLibrary {
    @Override
    public TagScript createTagScript(String name, Attributes attributes) throws JellyException {
        return switch (name) {
            case "include" -> new TagScript((n, a) -> new Include());
            case "adjunct" -> new TagScript((n, a) -> new Adjunct());
            case "contentType", "statusCode", "header", "setHeader", "addHeader" ->
                new TagScript((n, a) -> new Head(n));
            case "redirect" -> new TagScript((n, a) -> new Redirect());
            case "once" -> new TagScript((n, a) -> new Once());
            case "out" -> new TagScript((n, a) -> new Out());
            case "nbsp" -> new TagScript((n, a) -> new Nbsp());
            case "documentation", "attribute" -> new TagScript((n, a) -> new Silent());
            default -> throw new JellyException("No tag st:" + name + " in the testbed");
        };
    }

    private abstract static class Base extends TagSupport implements DynaTag {
        private final Map<String, Object> attributes = new HashMap<>();

        @Override
        public void setAttribute(String name, Object value) {
            attributes.put(name, value);
        }

        @Override
        public Class<?> getAttributeType(String name) {
            return Object.class;
        }

        Object get(String name) {
            return attributes.get(name);
        }

        String text(String name) {
            Object v = attributes.get(name);
            return v == null ? null : v.toString();
        }

        boolean has(String name) {
            return attributes.containsKey(name);
        }

        static void write(XMLOutput output, String html) throws JellyTagException {
            try {
                output.write(html);
            } catch (SAXException e) {
                throw new JellyTagException(e);
            }
        }
    }

    /** Includes a view of the current or another object. */
    private static final class Include extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            String page = text("page");
            if (page == null) {
                throw new JellyTagException("st:include needs a page");
            }
            Object it = has("it") ? get("it") : getContext().getVariable("it");
            Object from = has("from") ? get("from") : it;
            if (it == null && has("it")) {
                throw new JellyTagException("st:include of " + page + ": 'it' is null");
            }
            Class<?> type = get("class") instanceof Class<?> c ? c : from == null ? null : from.getClass();
            URL url = type == null ? null : JellyViews.find(type, page);
            if (url == null) {
                if (Boolean.parseBoolean(text("optional"))) {
                    return;
                }
                throw new JellyTagException("No page found '" + page + "' for " + type);
            }
            JellyContext inner = new PageContext(getContext());
            inner.setVariable("it", it);
            inner.setVariable("from", from);
            getBodyText();
            JellyViews.compile(url).run(inner, output);
        }
    }

    /** Adds a page's style sheet and script, once. */
    private static final class Adjunct extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            for (String name : text("includes").split("[,\\s]+")) {
                if (name.isEmpty() || !seen(getContext()).add(name)) {
                    continue;
                }
                String path = name.replace('.', '/');
                String root = Stapler.getCurrentRequest2().getContextPath() + "/adjuncts/00000000/" + path;
                boolean any = false;
                if (Extensions.loader().getResource(path + ".css") != null) {
                    write(output, "<link rel=\"stylesheet\" type=\"text/css\" href=\"" + root + ".css\">");
                    any = true;
                }
                if (Extensions.loader().getResource(path + ".js") != null) {
                    write(output, "<script src=\"" + root + ".js\" type=\"text/javascript\"></script>");
                    any = true;
                }
                if (!any) {
                    throw new JellyTagException("No adjunct " + name);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Set<Object> seen(JellyContext context) {
        Object known = Stapler.getCurrentRequest2().getAttribute("testbed-seen");
        if (known == null) {
            known = new HashSet<>();
            Stapler.getCurrentRequest2().setAttribute("testbed-seen", known);
        }
        return (Set<Object>) known;
    }

    /** Runs its body at the first place on a page only. */
    private static final class Once extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            if (seen(getContext()).add(getBody())) {
                invokeBody(output);
            }
        }
    }

    /** Sets the answer's head. */
    private static final class Head extends Base {
        private final String kind;

        Head(String kind) {
            this.kind = kind;
        }

        @Override
        public void doTag(XMLOutput output) {
            var rsp = Stapler.getCurrentResponse2();
            switch (kind) {
                case "contentType" -> rsp.setContentType(text("value"));
                case "statusCode" -> rsp.setStatus(Integer.parseInt(text("value")));
                case "addHeader" -> rsp.addHeader(text("name"), text("value"));
                default -> rsp.setHeader(text("name"), text("value"));
            }
        }
    }

    private static final class Redirect extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            try {
                Stapler.getCurrentResponse2().sendRedirect2(text("url"));
            } catch (IOException e) {
                throw new JellyTagException(e);
            }
        }
    }

    private static final class Out extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            if (get("value") != null) {
                write(output, HtmlOutput.escape(text("value")));
            }
        }
    }

    private static final class Nbsp extends Base {
        @Override
        public void doTag(XMLOutput output) throws JellyTagException {
            write(output, "&nbsp;");
        }
    }

    private static final class Silent extends Base {
        @Override
        public void doTag(XMLOutput output) throws MissingAttributeException {
            // Documentation says nothing on a page.
        }
    }
}
