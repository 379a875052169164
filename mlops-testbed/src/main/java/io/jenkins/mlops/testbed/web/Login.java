package io.jenkins.mlops.testbed.web;

import hudson.model.User;
import hudson.security.ACL;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Says who sends a request: by session, by name and password, or by name and API token. */
public final class Login {
    private static final String SESSION_KEY = Login.class.getName();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private Login() {}

    /** A new API token of a person, good until the process ends. */
    public static String newToken(String userId) {
        String token = UUID.randomUUID().toString().replace("-", "");
        TOKENS.put(token, userId);
        return token;
    }

    static Authentication authenticate(HttpServletRequest req) throws AuthenticationException {
        String header = req.getHeader("Authorization");
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
            String text;
            try {
                text = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new BadCredentialsException("Not Base64", e);
            }
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new BadCredentialsException("No colon");
            }
            String name = text.substring(0, colon);
            String secret = text.substring(colon + 1);
            if (name.equalsIgnoreCase(TOKENS.get(secret))) {
                req.setAttribute(SESSION_KEY, true);
                return User.getById(name, true).impersonate2();
            }
            return check(name, secret);
        }
        HttpSession session = req.getSession(false);
        Object known = session == null ? null : session.getAttribute(SESSION_KEY);
        return known instanceof Authentication a ? a : Jenkins.ANONYMOUS2;
    }

    /** Whether the request came with an API token, which no browser sends by itself. */
    static boolean byToken(HttpServletRequest req) {
        return req.getAttribute(SESSION_KEY) != null;
    }

    private static Authentication check(String name, String password) {
        try (var ignored = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get()
                    .getSecurityRealm()
                    .getSecurityComponents()
                    .manager2
                    .authenticate(new UsernamePasswordAuthenticationToken(name, password));
        }
    }

    /** Logs in for a session; throws if the password is wrong. */
    static void in(HttpServletRequest req, String name, String password) throws AuthenticationException {
        Authentication who = check(name, password);
        if (req.getSession(false) != null) {
            req.changeSessionId();
        }
        req.getSession(true).setAttribute(SESSION_KEY, who);
    }

    /** Ends the session. */
    static void out(HttpServletRequest req) {
        HttpSession session = req.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
