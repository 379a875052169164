package io.jenkins.mlops.testbed.web.jelly;

import hudson.Functions;
import io.jenkins.mlops.testbed.host.Extensions;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.apache.commons.jelly.JellyException;
import org.apache.commons.jelly.JellyTagException;
import org.apache.commons.jelly.Script;
import org.apache.commons.jelly.XMLOutput;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Finds, compiles and runs the Jelly views of objects. */
public final class JellyViews {
    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

    private JellyViews() {}

    /** The script of a view, looked for along the class hierarchy, or null. */
    public static URL find(Class<?> type, String view) {
        if (view.startsWith("/")) {
            return Extensions.loader().getResource(view.substring(1));
        }
        if (!view.matches("[A-Za-z0-9_/.-]+") || view.contains("..")) {
            return null;
        }
        String file = view.endsWith(".jelly") ? view : view + ".jelly";
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            String path = c.getName().replace('.', '/').replace('$', '/') + "/" + file;
            URL found = Extensions.loader().getResource(path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Compiles a script, or takes it from the cache. */
    static Script compile(URL url) throws JellyTagException {
        Script known = SCRIPTS.get(url.toString());
        if (known != null) {
            return known;
        }
        try {
            Script compiled = PageParser.read(url);
            SCRIPTS.put(url.toString(), compiled);
            return compiled;
        } catch (IOException | org.xml.sax.SAXException | JellyException e) {
            throw new JellyTagException("Failed to compile " + url, e);
        }
    }

    /** Answers a request with a view. */
    public static void render(Object it, String view, StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException {
        URL url = find(it.getClass(), view);
        if (url == null) {
            throw new IOException("No view " + view + " for " + it.getClass());
        }
        rsp.setContentType("text/html;charset=UTF-8");
        // Written only when it is whole, so that a failure in the middle can still be told.
        StringWriter text = new StringWriter();
        PageContext context = new PageContext();
        context.setVariable("it", it);
        context.setVariable("from", it);
        context.setVariable("my", it);
        context.setVariable("request2", req);
        context.setVariable("request", req);
        context.setVariable("response2", rsp);
        context.setVariable("app", Jenkins.get());
        context.setVariable("h", new Functions());
        context.setVariable("rootURL", req.getContextPath());
        context.setVariable("resURL", req.getContextPath() + "/static/00000000");
        context.setVariable("tb", new PageHelper(req));
        java.util.Collections.list(req.getAttributeNames()).stream()
                .filter(name -> name.matches("[A-Za-z]\\w*"))
                .forEach(name -> context.setVariable(name, req.getAttribute(name)));
        try {
            HtmlOutput html = new HtmlOutput(text);
            compile(url).run(context, new XMLOutput(html, html));
        } catch (JellyTagException e) {
            Throwable cause = e;
            while (cause instanceof JellyException && cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            if (cause instanceof org.springframework.security.access.AccessDeniedException denied) {
                throw denied;
            }
            throw new ServletException("Failed to render " + url, e);
        }
        rsp.getWriter().print(text);
    }
}
