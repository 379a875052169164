package hudson.security.csrf;

import hudson.Util;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import jenkins.model.Jenkins;

/** Crumbs bound to the person and the session. */
public class DefaultCrumbIssuer extends CrumbIssuer {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SECRET = secret();

    public DefaultCrumbIssuer(boolean excludeClientIPFromCrumb) {}

    private static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Util.toHexString(bytes);
    }

    @Override
    protected synchronized String issueCrumb(ServletRequest request, String salt) {
        String session =
                request instanceof HttpServletRequest r ? r.getSession(true).getId() : "";
        String text = Jenkins.getAuthentication2().getName() + ';' + session + ';' + SECRET + salt;
        return Util.getHexOfSHA256DigestOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean validateCrumb(ServletRequest request, String salt, String crumb) {
        return crumb != null
                && MessageDigest.isEqual(
                        issueCrumb(request, salt).getBytes(StandardCharsets.US_ASCII),
                        crumb.getBytes(StandardCharsets.UTF_8));
    }
}
