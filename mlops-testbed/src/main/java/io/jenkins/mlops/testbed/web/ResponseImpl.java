package io.jenkins.mlops.testbed.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Flavor;

/** The answer to a request. */
final class ResponseImpl extends HttpServletResponseWrapper implements StaplerResponse2 {
    private final RequestImpl request;

    ResponseImpl(HttpServletResponse rsp, RequestImpl request) {
        super(rsp);
        this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, "");
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        ErrorPage.send(request, this, status, message);
    }

    @Override
    public void forward(Object it, String url, StaplerRequest2 req) throws ServletException, IOException {
        Views.render(it, url, req, this);
    }

    @Override
    public void forwardToPreviousPage(StaplerRequest2 req) throws ServletException, IOException {
        String referer = req.getReferer();
        sendRedirect2(referer == null ? "." : referer);
    }

    @Override
    public void sendRedirect2(String url) throws IOException {
        sendRedirect(SC_MOVED_TEMPORARILY, url);
    }

    @Override
    public void sendRedirect(int statusCode, String url) throws IOException {
        String target = url;
        if (!url.startsWith("/") && !url.matches("^[a-z]+:.*")) {
            String uri = request.getRequestURI();
            target = uri.substring(0, uri.lastIndexOf('/') + 1) + url;
        }
        setStatus(statusCode);
        setHeader("Location", target);
    }

    @Override
    public void serveFile(StaplerRequest2 req, URL res) throws ServletException, IOException {
        if (res == null) {
            sendError(SC_NOT_FOUND);
            return;
        }
        String type = URLConnection.guessContentTypeFromName(res.getPath());
        setContentType(type == null ? "application/octet-stream" : type);
        try (InputStream in = res.openStream()) {
            in.transferTo(getOutputStream());
        }
    }

    @Override
    public void serveExposedBean(StaplerRequest2 req, Object bean, Flavor flavor) throws ServletException, IOException {
        setContentType(flavor.contentType);
        setHeader("X-Jenkins", String.valueOf(jenkins.model.Jenkins.getVersion()));
        Exporter exporter = new Exporter(req.getParameter("tree"), depth(req));
        getWriter().print(flavor == Flavor.JSON ? exporter.json(bean) : exporter.xml(bean));
    }

    private static int depth(StaplerRequest2 req) {
        String depth = req.getParameter("depth");
        try {
            return depth == null ? 0 : Integer.parseInt(depth);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
