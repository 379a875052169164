package org.kohsuke.stapler;

import io.jenkins.mlops.testbed.web.CurrentRequest;
import jakarta.servlet.http.HttpServlet;

/** Access to what is being answered. */
public class Stapler extends HttpServlet {
    private static final long serialVersionUID = 1L;

    public static StaplerRequest2 getCurrentRequest2() {
        return CurrentRequest.request();
    }

    public static StaplerResponse2 getCurrentResponse2() {
        return CurrentRequest.response();
    }
}
