package org.kohsuke.stapler;

import edu.umd.cs.findbugs.annotations.NonNull;
import jakarta.servlet.ServletException;
import java.io.IOException;

/** An answer that sends the browser elsewhere. */
public final class HttpRedirect extends RuntimeException implements HttpResponse {
    private static final long serialVersionUID = 1L;
    public static final HttpRedirect DOT = new HttpRedirect(".");

    private final int statusCode;
    private final String url;

    public HttpRedirect(@NonNull String url) {
        this(StaplerResponse2.SC_MOVED_TEMPORARILY, url);
    }

    public HttpRedirect(int statusCode, @NonNull String url) {
        this.statusCode = statusCode;
        this.url = url;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.sendRedirect(statusCode, url);
    }

    public static HttpResponse fromContextPath(final String relative) {
        return HttpResponses.redirectViaContextPath(relative);
    }
}
