package io.jenkins.mlops.testbed.web;

import io.jenkins.mlops.testbed.web.jelly.JellyViews;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The views of objects: scripts beside their classes. */
final class Views {
    private Views() {}

    static boolean exists(Object it, String view) {
        return JellyViews.find(it.getClass(), view) != null;
    }

    static void render(Object it, String view, StaplerRequest2 req, StaplerResponse2 rsp)
            throws IOException, ServletException {
        JellyViews.render(it, view, req, rsp);
    }

    static RequestDispatcher dispatcher(Object it, String view) {
        if (!exists(it, view)) {
            return null;
        }
        return new RequestDispatcher() {
            @Override
            public void forward(ServletRequest req, ServletResponse rsp) throws ServletException, IOException {
                render(it, view, (StaplerRequest2) req, (StaplerResponse2) rsp);
            }

            @Override
            public void include(ServletRequest req, ServletResponse rsp) throws ServletException, IOException {
                render(it, view, (StaplerRequest2) req, (StaplerResponse2) rsp);
            }
        };
    }
}
