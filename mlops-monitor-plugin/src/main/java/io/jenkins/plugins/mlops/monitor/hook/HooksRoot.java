package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.model.UnprotectedRootAction;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.webhook.RateLimit;
import io.jenkins.mlops.webhook.WebhookEvent;
import io.jenkins.mlops.webhook.WebhookException;
import io.jenkins.mlops.webhook.WebhookRequest;
import io.jenkins.mlops.webhook.WebhookSecret;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * The door for webhooks: {@code POST <jenkins>/mlops-hooks/KIND/JOB}, JOB being the job's full name.
 *
 * <p>Nobody is logged in here; the secret of a job's hook is what opens it. Who does not show it gets the same answer
 * whatever is wrong, so that nobody learns which jobs there are. Those who show it are held to a rate together, and each
 * job to its own; bodies to a size. An event is taken once.
 *
 * <p>The secret is looked at before the rate: a flood of forged requests would otherwise keep the genuine ones out. What a
 * forged one costs is bounded by the size of its body.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class HooksRoot implements UnprotectedRootAction {
    static final int MAX_BYTES = 1 << 20;
    static final int PER_JOB_AND_MINUTE = 120;

    private static final Logger LOGGER = Logger.getLogger(HooksRoot.class.getName());
    private static final String URL = "mlops-hooks";
    private static final int MOST_LIMITS = 2_000;
    static final String NOBODY = "no secret, compared so that an answer takes as long as with one";

    private RateLimit all;
    private int allPerMinute;
    private final Map<String, RateLimit> byJob = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimit> eldest) {
            return size() > MOST_LIMITS;
        }
    });

    @CheckForNull
    @Override
    public String getIconFileName() {
        return null;
    }

    @CheckForNull
    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Takes a webhook. */
    @POST
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        long now = System.currentTimeMillis();
        byte[] body = body(request);
        if (body == null) {
            answer(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "error",
                    "more than " + MAX_BYTES + " bytes");
            return;
        }
        WebhookRequest webhook = new WebhookRequest(headers(request), body);
        String path = request.getRestOfPath();
        int slash = path.indexOf('/', 1);
        String kind = slash < 0 ? "" : path.substring(1, slash);
        String name = slash < 0 ? "" : path.substring(slash + 1).replaceAll("/+$", "");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            Hook hook = hook(job, kind, webhook, now);
            if (job == null || hook == null) {
                // The same for no such kind, no such job, no such hook and no such secret.
                answer(response, HttpServletResponse.SC_FORBIDDEN, "error", "refused");
                return;
            }
            if (!byJob.computeIfAbsent(name, key -> new RateLimit(PER_JOB_AND_MINUTE, now))
                            .tryTake(now)
                    || !all().tryTake(now)) {
                slowDown(response);
                return;
            }
            take(job, hook, webhook, now, response);
        }
    }

    private static void take(Job<?, ?> job, Hook hook, WebhookRequest webhook, long now, StaplerResponse2 response)
            throws IOException {
        try {
            List<WebhookEvent> events = hook.format().events(webhook);
            int fresh = new HookEvents(job, hook.kind()).start(events, now);
            answer(response, HttpServletResponse.SC_ACCEPTED, "events", String.valueOf(fresh));
        } catch (WebhookException x) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "error", String.valueOf(x.getMessage()));
        } catch (HookEvents.NoBuilds x) {
            LOGGER.log(Level.FINE, "A webhook was not taken: {0}", x.getMessage());
            notNow(response);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "A webhook for " + job.getFullName() + " was not taken");
            notNow(response);
        }
    }

    static void notNow(StaplerResponse2 response) throws IOException {
        response.setHeader("Retry-After", "60");
        answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "error", "not taken now; send it again");
    }

    /** The job's hook that the request opens; null for none. */
    @CheckForNull
    private static Hook hook(@CheckForNull Job<?, ?> job, String kind, WebhookRequest request, long now) {
        HookTrigger trigger = job == null ? null : ParameterizedJobMixIn.getTrigger(job, HookTrigger.class);
        Hook opened = null;
        if (trigger != null) {
            for (Hook hook : trigger.getHooks()) {
                if (hook.kind().equals(kind) && hook.accepts(job, request, now) && opened == null) {
                    opened = hook;
                }
            }
        } else {
            WebhookSecret.hubSignature(NOBODY, request);
        }
        return opened;
    }

    private synchronized RateLimit all() {
        int wanted = TriggerConfiguration.get().getHooksPerMinute();
        if (all == null || wanted != allPerMinute) {
            all = new RateLimit(wanted, System.currentTimeMillis());
            allPerMinute = wanted;
        }
        return all;
    }

    /** The body; null if it is too long. */
    @CheckForNull
    static byte[] body(StaplerRequest2 request) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            return null;
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            return body.length > MAX_BYTES ? null : body;
        }
    }

    static Map<String, String> headers(StaplerRequest2 request) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.putIfAbsent(name, request.getHeader(name));
        }
        return headers;
    }

    static void slowDown(StaplerResponse2 response) throws IOException {
        response.setHeader("Retry-After", "60");
        answer(response, 429, "error", "too many requests");
    }

    static void answer(StaplerResponse2 response, int status, String name, String value) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(Json.write(Map.of(name, value)).getBytes(StandardCharsets.UTF_8));
    }

    /** No browser sends these secrets by itself, so no crumb is asked for. */
    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    public static final class NoCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            if (path == null || !path.startsWith("/" + URL + "/")) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
