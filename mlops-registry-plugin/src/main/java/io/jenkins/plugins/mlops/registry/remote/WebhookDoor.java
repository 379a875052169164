package io.jenkins.plugins.mlops.registry.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.WebhookMessage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.POST;

/**
 * Where the MLflow server sends its webhooks: {@code <jenkins>/mlops/webhooks/mlflow}.
 *
 * <p>Nobody logs in here: a message is known by its signature, and is otherwise answered 403, without a word on what was
 * wrong with it; that is in Jenkins' log. It makes Jenkins look at one model, and nothing else.
 */
@Restricted(NoExternalUse.class) // bound to the URL
public final class WebhookDoor {
    private static final Logger LOGGER = Logger.getLogger(WebhookDoor.class.getName());
    private static final String ROOT = "/mlops";
    private static final String PATH = "/webhooks/mlflow";

    /** Whether a request that stands before {@code <jenkins>/mlops} may pass without Overall/Read. */
    public static boolean lets(@CheckForNull StaplerRequest2 request) {
        return request != null && "POST".equals(request.getMethod()) && PATH.equals(request.getOriginalRestOfPath());
    }

    /** Takes a webhook. */
    @POST
    @WebMethod(name = "mlflow")
    public HttpResponse doMlflow(StaplerRequest2 request) throws IOException {
        String secret = RemoteConfiguration.get().webhookSecret();
        if (secret == null || !RemoteRegistry.get().isConfigured()) {
            return HttpResponses.errorWithoutStack(403, "No webhooks are taken");
        }
        byte[] body;
        try (InputStream in = request.getInputStream()) {
            body = in.readNBytes(WebhookMessage.MOST_BYTES + 1);
        }
        if (body.length > WebhookMessage.MOST_BYTES) {
            return HttpResponses.errorWithoutStack(413, "Too large");
        }
        long now = System.currentTimeMillis();
        try {
            WebhookMessage message = WebhookMessage.read(
                    new WebhookMessage.Received(
                            request.getHeader("X-MLflow-Delivery-Id"),
                            request.getHeader("X-MLflow-Timestamp"),
                            request.getHeader("X-MLflow-Signature"),
                            body),
                    secret,
                    now);
            take(message, now);
            return HttpResponses.status(204);
        } catch (WebhookMessage.Refused x) {
            LOGGER.log(Level.INFO, x, () -> "A webhook was refused");
            return HttpResponses.errorWithoutStack(403, "Refused");
        } catch (RegistryException.Unavailable x) {
            LOGGER.log(Level.WARNING, x, () -> "A webhook could not be taken");
            return HttpResponses.errorWithoutStack(503, "Try again later");
        }
    }

    /** One that was taken before is answered as the first time, so that the server doesn't send it again. */
    private static void take(WebhookMessage message, long now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String model = message.model();
            if (RemoteRegistry.get().store().firstDelivery(message.deliveryId(), now) && model != null) {
                RemoteRegistry.get().look(model);
            }
        }
    }

    /** The server has no session to ride on: its messages carry no crumb. */
    @Extension
    public static final class NoCrumb extends CrumbExclusion {
        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (!(ROOT + PATH).equals(request.getPathInfo())) {
                return false;
            }
            chain.doFilter(request, response);
            return true;
        }
    }
}
