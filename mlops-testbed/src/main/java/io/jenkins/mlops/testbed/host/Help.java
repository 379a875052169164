package io.jenkins.mlops.testbed.host;

import hudson.model.Descriptor;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URL;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The help files beside a describable class. */
public final class Help {
    private Help() {}

    /** The URL, from Jenkins' root, of the help for a field or (with an empty name) the whole; null without one. */
    public static String page(Descriptor<?> d, String field) {
        String suffix = field.isEmpty() ? "" : "/" + field;
        return find(d, field) == null ? null : "/" + d.getDescriptorUrl() + "/help" + suffix;
    }

    /** Serves the help file that a request names. */
    public static void serve(Descriptor<?> d, StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException {
        String rest = req.getRestOfPath();
        String field = rest.startsWith("/") ? rest.substring(1) : rest;
        URL found = field.contains("/") ? null : find(d, field);
        if (found == null) {
            rsp.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        rsp.setContentType("text/html;charset=UTF-8");
        try (var in = found.openStream()) {
            in.transferTo(rsp.getOutputStream());
        }
    }

    private static URL find(Descriptor<?> d, String field) {
        String name = field.isEmpty() ? "help.html" : "help-" + field + ".html";
        for (Class<?> c = d.clazz; c != null && c != Object.class; c = c.getSuperclass()) {
            URL u = c.getResource('/' + c.getName().replace('.', '/').replace('$', '/') + '/' + name);
            if (u != null) {
                return u;
            }
        }
        return null;
    }
}
