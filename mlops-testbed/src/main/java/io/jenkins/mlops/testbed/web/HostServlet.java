package io.jenkins.mlops.testbed.web;

import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.security.csrf.CrumbExclusion;
import hudson.security.csrf.CrumbIssuer;
import hudson.util.PluginServletFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Answers all requests: says who asks, checks the crumb, and lets the {@link Router} do the rest. */
final class HostServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(HostServlet.class.getName());

    /** No inline scripts, handlers or styles, and nothing from elsewhere, as on newer controllers. */
    private static final String POLICY = "base-uri 'none'; default-src 'self'; form-action 'self'; "
            + "frame-ancestors 'self'; img-src 'self' data:; script-src 'report-sample' 'self'; "
            + "style-src 'report-sample' 'self' 'unsafe-inline'";

    private volatile boolean open;

    void open() {
        open = true;
    }

    @Override
    protected void service(HttpServletRequest req, HttpServletResponse rsp) throws IOException, ServletException {
        req.setCharacterEncoding("UTF-8");
        rsp.setCharacterEncoding("UTF-8");
        rsp.setHeader("X-Content-Type-Options", "nosniff");
        rsp.setHeader("X-Frame-Options", "sameorigin");
        rsp.setHeader("Content-Security-Policy", POLICY);
        if (!open || Jenkins.getInstanceOrNull() == null) {
            rsp.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Starting");
            return;
        }
        Authentication who;
        try {
            who = Login.authenticate(req);
        } catch (org.springframework.security.core.AuthenticationException e) {
            rsp.setHeader("WWW-Authenticate", "Basic realm=\"Jenkins\"");
            ErrorPage.send(req, rsp, HttpServletResponse.SC_UNAUTHORIZED, "Invalid password/token for user");
            return;
        }
        RequestImpl request = new RequestImpl(req);
        ResponseImpl response = new ResponseImpl(rsp, request);
        try (ACLContext ignored = ACL.as2(who)) {
            CurrentRequest.set(request, response);
            if (LoginPages.serve(request, response)) {
                return;
            }
            filtered(request, response);
        } catch (AccessDeniedException e) {
            denied(request, response, who, e);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, "Error while serving " + req.getRequestURL(), e);
            if (rsp.isCommitted()) {
                throw e;
            }
            ErrorPage.send(req, rsp, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Oops! A problem occurred");
        } finally {
            CurrentRequest.set(null, null);
        }
    }

    private void filtered(RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        new PluginServletFilter().doFilter(req, rsp, (r, s) -> crumbed(req, rsp));
    }

    private void crumbed(RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        CrumbIssuer issuer = Jenkins.get().getCrumbIssuer();
        if (issuer == null || !req.getMethod().equals("POST") || Login.byToken(req)) {
            Router.serve(req, rsp);
            return;
        }
        boolean[] passed = {false};
        FilterChain through = (r, s) -> {
            passed[0] = true;
            Router.serve(req, rsp);
        };
        for (CrumbExclusion exclusion : CrumbExclusion.all()) {
            if (exclusion.process(req, rsp, through)) {
                return;
            }
        }
        String name = issuer.getCrumbRequestField();
        String given = req.getHeader(name) != null ? req.getHeader(name) : req.getParameter(name);
        if (issuer.validateCrumb(req, "", given)) {
            Router.serve(req, rsp);
        } else {
            ErrorPage.send(
                    req,
                    rsp,
                    HttpServletResponse.SC_FORBIDDEN,
                    "No valid crumb was included in the request. If you are a human, reload the form and try again.");
        }
    }

    private static void denied(RequestImpl req, ResponseImpl rsp, Authentication who, AccessDeniedException e)
            throws IOException {
        if (e instanceof AccessDeniedException3 known) {
            known.reportAsHeaders(rsp);
        }
        if (ACL.isAnonymous2(who) && req.getMethod().equals("GET")) {
            String from = URLEncoder.encode(req.getRequestURIWithQueryString(), StandardCharsets.UTF_8);
            rsp.setHeader("Refresh", "1;url=" + req.getContextPath() + "/login?from=" + from);
        }
        ErrorPage.send(req, rsp, HttpServletResponse.SC_FORBIDDEN, e.getMessage());
    }
}
