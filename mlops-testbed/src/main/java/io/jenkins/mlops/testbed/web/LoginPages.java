package io.jenkins.mlops.testbed.web;

import hudson.Util;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;

/** The login form and what it posts to. */
final class LoginPages {
    private LoginPages() {}

    static boolean serve(RequestImpl req, ResponseImpl rsp) throws IOException {
        String path = req.getRestOfPath();
        switch (path) {
            case "/login", "/loginError" -> form(req, rsp, path.equals("/loginError"));
            case "/j_spring_security_check" -> check(req, rsp);
            case "/logout" -> {
                Login.out(req);
                rsp.sendRedirect2(req.getContextPath() + "/");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void check(RequestImpl req, ResponseImpl rsp) throws IOException {
        try {
            Login.in(req, req.getParameter("j_username"), req.getParameter("j_password"));
        } catch (AuthenticationException e) {
            rsp.sendRedirect2(req.getContextPath() + "/loginError");
            return;
        }
        String from = req.getParameter("from");
        boolean safe = from != null && from.startsWith("/") && Util.isSafeToRedirectTo(from);
        rsp.sendRedirect2(safe ? from : req.getContextPath() + "/");
    }

    private static void form(RequestImpl req, ResponseImpl rsp, boolean failed) throws IOException {
        String root = req.getContextPath();
        String from = Util.escape(Util.fixNull(req.getParameter("from")));
        if (failed) {
            rsp.setStatus(401);
        }
        rsp.setContentType("text/html;charset=UTF-8");
        String problem = failed ? "<p class=\"error\">Invalid username or password</p>" : "";
        rsp.getWriter()
                .print("""
                <!DOCTYPE html><html lang="en"><head><title>Sign in - Jenkins</title>
                <link rel="stylesheet" href="ROOT/static/testbed.css"></head>
                <body><main class="main-panel"><h1>Sign in to Jenkins</h1>PROBLEM
                <form method="post" name="login" action="ROOT/j_spring_security_check">
                <label>Username <input class="jenkins-input" name="j_username" autocomplete="username"></label>
                <label>Password <input class="jenkins-input" type="password" name="j_password"
                 autocomplete="current-password"></label>
                <input type="hidden" name="from" value="FROM">
                <button class="jenkins-button jenkins-button--primary" name="Submit" type="submit">Sign in</button>
                </form></main></body></html>""".replace("ROOT", root).replace("PROBLEM", problem).replace("FROM", from));
    }
}
