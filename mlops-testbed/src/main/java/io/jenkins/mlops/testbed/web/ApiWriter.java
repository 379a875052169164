package io.jenkins.mlops.testbed.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Flavor;

/** Answers REST requests for beans. */
public final class ApiWriter {
    private ApiWriter() {}

    /** Answers with JSON. */
    public static void json(Object bean, StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException {
        rsp.serveExposedBean(req, bean, Flavor.JSON);
    }

    /** Answers with XML. */
    public static void xml(Object bean, StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException {
        rsp.serveExposedBean(req, bean, Flavor.XML);
    }
}
