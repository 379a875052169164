package io.jenkins.mlops.testbed.web;

import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The request that this thread answers. */
public final class CurrentRequest {
    private record Pair(StaplerRequest2 request, StaplerResponse2 response) {}

    private static final ThreadLocal<Pair> CURRENT = new ThreadLocal<>();

    private CurrentRequest() {}

    /** The request, or null outside of one. */
    public static StaplerRequest2 request() {
        Pair p = CURRENT.get();
        return p == null ? null : p.request;
    }

    /** The response, or null outside of a request. */
    public static StaplerResponse2 response() {
        Pair p = CURRENT.get();
        return p == null ? null : p.response;
    }

    static void set(StaplerRequest2 request, StaplerResponse2 response) {
        if (request == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(new Pair(request, response));
        }
    }
}
