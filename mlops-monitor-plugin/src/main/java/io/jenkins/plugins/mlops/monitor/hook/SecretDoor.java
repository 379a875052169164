package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.webhook.RateLimit;
import io.jenkins.mlops.webhook.WebhookRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A door that a secret opens and no login: how large a body may be, at which rate each name is heard, and the answers, which
 * tell nobody more than that.
 */
@Restricted(NoExternalUse.class)
public abstract class SecretDoor implements UnprotectedRootAction {
    static final int MAX_BYTES = 1 << 20;
    static final String NOBODY = "no secret, compared so that an answer takes as long as with one";

    private static final int MOST_LIMITS = 2_000;

    private final Map<String, RateLimit> limits = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
            return size() > MOST_LIMITS;
        }
    });

    @CheckForNull
    @Override
    public final String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public final String getDisplayName() {
        return null;
    }

    /** The request; null, and it is answered, if its body is too long. */
    @CheckForNull
    static WebhookRequest read(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        byte[] body = body(request);
        if (body == null) {
            answer(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "error",
                    "more than " + MAX_BYTES + " bytes");
            return null;
        }
        return new WebhookRequest(headers(request), body);
    }

    /** Whether a name that has shown its secret is heard once more in this minute. */
    final boolean tryTake(String name, int perMinute, long now) {
        return limits.computeIfAbsent(name, key -> new RateLimit(perMinute, now))
                .tryTake(now);
    }

    /** The body; null if it is too long. */
    @CheckForNull
    private static byte[] body(StaplerRequest2 request) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            return null;
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            return body.length > MAX_BYTES ? null : body;
        }
    }

    private static Map<String, String> headers(StaplerRequest2 request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.putIfAbsent(name, request.getHeader(name));
        }
        return headers;
    }

    static void refuse(StaplerResponse2 response) throws IOException {
        answer(response, HttpServletResponse.SC_FORBIDDEN, "error", "refused");
    }

    static void slowDown(StaplerResponse2 response) throws IOException {
        response.setHeader("Retry-After", "60");
        answer(response, 429, "error", "too many requests");
    }

    static void notNow(StaplerResponse2 response) throws IOException {
        response.setHeader("Retry-After", "60");
        answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "error", "not taken now; send it again");
    }

    static void answer(StaplerResponse2 response, int status, String name, String value) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(Json.write(Map.of(name, value)).getBytes(StandardCharsets.UTF_8));
    }

    /** No browser sends these secrets by itself, so no crumb is asked for. */
    abstract static class NoCrumb extends CrumbExclusion {
        private final String prefix;

        NoCrumb(String url) {
            prefix = "/" + url + "/";
        }

        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (path == null || !path.startsWith(prefix)) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
