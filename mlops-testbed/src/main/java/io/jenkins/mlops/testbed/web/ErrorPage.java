package io.jenkins.mlops.testbed.web;

import hudson.Util;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A short page that says what is wrong. */
final class ErrorPage {
    private ErrorPage() {}

    static void send(HttpServletRequest req, HttpServletResponse rsp, int status, String message) throws IOException {
        if (rsp.isCommitted()) {
            return;
        }
        rsp.resetBuffer();
        rsp.setStatus(status);
        rsp.setContentType("text/html;charset=UTF-8");
        String root = req.getContextPath();
        rsp.getWriter()
                .printf(
                        "<!DOCTYPE html><html><head><title>%d - Jenkins</title>"
                                + "<link rel=\"stylesheet\" href=\"%s/static/testbed.css\"></head>"
                                + "<body><main class=\"main-panel\"><h1>%d</h1><p id=\"error-description\">%s</p>"
                                + "<p><a href=\"%s/\">Jenkins</a> · <a href=\"%s/login\">Log in</a></p></main></body></html>",
                        status, root, status, Util.escape(message == null ? "" : message), root, root);
    }
}
