package org.kohsuke.stapler;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.mlops.testbed.web.Responses;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URL;

/** Answers of all kinds. */
public class HttpResponses {
    /** An answer that can be thrown. */
    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        private static final long serialVersionUID = 1L;

        public HttpResponseException() {}

        public HttpResponseException(String message) {
            super(message);
        }

        public HttpResponseException(String message, Throwable cause) {
            super(message, cause);
        }

        public HttpResponseException(Throwable cause) {
            super(cause);
        }
    }

    public static HttpResponseException ok() {
        return status(HttpServletResponse.SC_OK);
    }

    public static HttpResponseException notFound() {
        return status(HttpServletResponse.SC_NOT_FOUND);
    }

    public static HttpResponseException forbidden() {
        return status(HttpServletResponse.SC_FORBIDDEN);
    }

    public static HttpResponseException status(final int code) {
        return Responses.of((req, rsp, node) -> rsp.setStatus(code));
    }

    public static HttpResponseException error(int code, String errorMessage) {
        return errorWithoutStack(code, errorMessage);
    }

    public static HttpResponseException error(Throwable cause) {
        return error(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, cause);
    }

    public static HttpResponseException error(final int code, final Throwable cause) {
        return errorWithoutStack(code, String.valueOf(cause.getMessage()));
    }

    public static HttpResponseException errorWithoutStack(final int code, final String errorMessage) {
        return Responses.of((req, rsp, node) -> rsp.sendError(code, errorMessage));
    }

    public static HttpResponseException redirectViaContextPath(final String relative) {
        return redirectViaContextPath(HttpServletResponse.SC_MOVED_TEMPORARILY, relative);
    }

    public static HttpResponseException redirectViaContextPath(final int statusCode, final String relative) {
        return Responses.of((req, rsp, node) ->
                rsp.sendRedirect(statusCode, req.getContextPath() + (relative.startsWith("/") ? "" : "/") + relative));
    }

    public static HttpRedirect redirectTo(@NonNull String url) {
        return new HttpRedirect(url);
    }

    public static HttpRedirect redirectTo(int statusCode, @NonNull String url) {
        return new HttpRedirect(statusCode, url);
    }

    public static HttpResponse redirectToDot() {
        return HttpRedirect.DOT;
    }

    public static HttpResponseException redirectToContextRoot() {
        return redirectViaContextPath("");
    }

    public static HttpResponseException forwardToPreviousPage() {
        return Responses.of((req, rsp, node) -> rsp.forwardToPreviousPage(req));
    }

    public static HttpResponse staticResource(final URL resource) {
        return Responses.of((req, rsp, node) -> rsp.serveFile(req, resource));
    }

    public static HttpResponse literalHtml(final String text) {
        return Responses.text("text/html;charset=UTF-8", text);
    }

    public static HttpResponse text(@Nullable final String text) {
        return Responses.text("text/plain;charset=UTF-8", text);
    }

    public static ForwardToView forwardToView(Object it, String view) {
        return new ForwardToView(it, view);
    }
}
