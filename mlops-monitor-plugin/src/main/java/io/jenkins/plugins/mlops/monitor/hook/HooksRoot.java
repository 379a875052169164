package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.webhook.RateLimit;
import io.jenkins.mlops.webhook.WebhookEvent;
import io.jenkins.mlops.webhook.WebhookException;
import io.jenkins.mlops.webhook.WebhookRequest;
import io.jenkins.mlops.webhook.WebhookSecret;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
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
public final class HooksRoot extends SecretDoor {
    static final int PER_JOB_AND_MINUTE = 120;

    private static final Logger LOGGER = Logger.getLogger(HooksRoot.class.getName());
    private static final String URL = "mlops-hooks";

    private RateLimit all;
    private int allPerMinute;

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Takes a webhook. */
    @POST
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        long now = System.currentTimeMillis();
        WebhookRequest webhook = read(request, response);
        if (webhook == null) {
            return;
        }
        String path = request.getRestOfPath();
        int slash = path.indexOf('/', 1);
        String kind = slash < 0 ? "" : path.substring(1, slash);
        String name = slash < 0 ? "" : path.substring(slash + 1).replaceAll("/+$", "");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            Hook hook = hook(job, kind, webhook, now);
            if (job == null || hook == null) {
                // The same for no such kind, no such job, no such hook and no such secret.
                refuse(response);
                return;
            }
            if (!tryTake(name, PER_JOB_AND_MINUTE, now) || !all().tryTake(now)) {
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

    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    public static final class Crumbless extends NoCrumb {
        public Crumbless() {
            super(URL);
        }
    }
}
