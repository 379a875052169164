package io.jenkins.plugins.mlops.monitor.hook;

import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.webhook.PredictionFormat;
import io.jenkins.mlops.webhook.WebhookException;
import io.jenkins.mlops.webhook.WebhookRequest;
import io.jenkins.mlops.webhook.WebhookSecret;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import io.jenkins.plugins.mlops.monitor.watch.Recordings;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/**
 * The door for predictions: {@code POST <jenkins>/mlops-recorder/MONITOR}, by a serving process or the logger beside it.
 *
 * <p>As with {@link HooksRoot} the secret opens it, and who does not show it gets one answer whatever is wrong. What is
 * answered with 202 is on disk.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RecorderRoot extends SecretDoor {
    /** The system property of how many requests a monitor takes in a minute. */
    static final String PER_MINUTE = RecorderRoot.class.getName() + ".perMinute";

    private static final int USUAL_PER_MINUTE = 600;
    private static final Logger LOGGER = Logger.getLogger(RecorderRoot.class.getName());
    private static final String URL = "mlops-recorder";

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Takes predictions. */
    @POST
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        long now = System.currentTimeMillis();
        WebhookRequest sent = read(request, response);
        if (sent == null) {
            return;
        }
        String name = request.getRestOfPath().replaceAll("^/+|/+$", "");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String secret = secret(name);
            boolean bearer = WebhookSecret.bearer(secret, sent);
            boolean signed = WebhookSecret.hubSignature(secret, sent);
            if (secret.equals(NOBODY) || !(bearer || signed)) {
                refuse(response);
                return;
            }
            if (!tryTake(name, Math.max(1, Integer.getInteger(PER_MINUTE, USUAL_PER_MINUTE)), now)) {
                slowDown(response);
                return;
            }
            // What has no time of its own gets one of the clock that the monitor looks by.
            record(name, sent, bearer, RegistryConnection.get().clock().millis(), response);
        }
    }

    private static void record(String name, WebhookRequest sent, boolean bearer, long now, StaplerResponse2 response)
            throws IOException {
        try {
            PredictionFormat.Predictions predictions = PredictionFormat.of(sent, now);
            if (predictions.key().isEmpty() && !bearer) {
                // A signature can be repeated by whoever has seen it, unlike a bearer's secret.
                predictions = new PredictionFormat.Predictions(
                        String.valueOf(sent.header("x-hub-signature-256")), predictions.lines());
            }
            int rows = Recordings.record(name, predictions, now);
            answer(response, HttpServletResponse.SC_ACCEPTED, "recorded", String.valueOf(rows));
        } catch (WebhookException x) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, "error", String.valueOf(x.getMessage()));
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Predictions of the monitor {0} are not recorded: {1}", new Object[] {name, x});
            say(name, "Predictions are not recorded: " + reason(x), now);
            notNow(response);
        }
    }

    /** Why a disk takes nothing, without the paths of the controller. */
    private static String reason(IOException x) {
        if (x instanceof FileSystemException refused) {
            return refused.getReason() == null ? refused.getClass().getSimpleName() : refused.getReason();
        }
        return String.valueOf(x.getMessage());
    }

    /** Tells those who look at the monitor, too. */
    private static void say(String name, String failure, long now) {
        try {
            RegistryConnection.get().monitors().failed(name, failure, now);
        } catch (RegistryException x) {
            LOGGER.log(Level.FINE, "Not kept beside the monitor either", x);
        }
    }

    /** The secret of a monitor's recorder; where there is none, what nobody can show. */
    private static String secret(String name) {
        try {
            MonitorRecord monitor = name.isEmpty() || !RegistryConnection.get().hasRecords()
                    ? null
                    : RegistryConnection.get().monitors().monitor(name).orElse(null);
            if (monitor != null && monitor.enabled()) {
                String id = MonitorPlan.of(monitor.configJson()).rules().recorderCredentialsId();
                String secret = id.isEmpty() ? "" : SourceCredentials.token(monitor.job(), id, "");
                return secret.isEmpty() ? NOBODY : secret;
            }
        } catch (IOException | RegistryException | IllegalArgumentException x) {
            LOGGER.log(Level.FINE, x, () -> "The recorder of " + name);
        }
        return NOBODY;
    }

    @Extension
    @Restricted(NoExternalUse.class) // found by Jenkins
    public static final class Crumbless extends NoCrumb {
        public Crumbless() {
            super(URL);
        }
    }
}
