package io.jenkins.plugins.mlops.monitor.watch;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.init.Terminator;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.endpoint.EndpointPlan;
import io.jenkins.mlops.monitor.endpoint.HealthSample;
import io.jenkins.mlops.monitor.endpoint.HealthState;
import io.jenkins.mlops.monitor.endpoint.HealthStep;
import io.jenkins.mlops.monitor.endpoint.MetricsAddress;
import io.jenkins.mlops.monitor.endpoint.Scrape;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.monitor.retraining.Rollbacks;
import io.jenkins.plugins.mlops.monitor.trigger.AgentPlace;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Looks at the endpoints of monitors once a minute: at their metrics, from the agent of the monitor, the machine of a
 * served process, or the controller where the administrator allows the address; and at what the probe found.
 *
 * <p>On threads of its own, as a look at logs may take half an hour. An endpoint waits here once at most.
 */
@Extension
public final class HealthLooks extends AsyncPeriodicWork {
    static final int THREADS = 2;

    private static final Logger LOGGER = Logger.getLogger(HealthLooks.class.getName());
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final int SENTENCE = 2_000;

    private final ThreadPoolExecutor threads;
    private final Map<String, Future<?>> waiting = new ConcurrentHashMap<>();

    public HealthLooks() {
        super("MLOps endpoint health");
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "MLOps endpoint health"));
        threads.allowCoreThreadTimeOut(true);
    }

    public static HealthLooks get() {
        return ExtensionList.lookupSingleton(HealthLooks.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void execute(TaskListener listener) {
        if (!RegistryConnection.get().hasRecords()) {
            return;
        }
        for (MonitorRecord monitor : RegistryConnection.get().monitors().monitors()) {
            // Most monitors have none, and theirs need not be read.
            if (monitor.enabled() && monitor.configJson().contains("\"endpoint\":")) {
                submit(monitor.id());
            }
        }
        waiting.values().removeIf(Future::isDone);
    }

    private void submit(String id) {
        waiting.compute(id, (key, before) -> {
            if (before != null && !before.isDone()) {
                return before;
            }
            try {
                return threads.submit(
                        () -> look(id, RegistryConnection.get().clock().millis()));
            } catch (RejectedExecutionException x) {
                LOGGER.log(Level.FINE, "Jenkins ends", x);
                return null;
            }
        });
    }

    /**
     * Looks now, on this thread.
     *
     * @param nowMillis what time it is, in milliseconds since 1970
     * @return whether the look was kept
     */
    public boolean look(String id, long nowMillis) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            MonitorStore store = RegistryConnection.get().monitors();
            MonitorRecord monitor = store.monitor(id).orElse(null);
            if (monitor == null || !monitor.enabled()) {
                return false;
            }
            MonitorPlan plan = MonitorPlan.of(monitor.configJson());
            EndpointPlan endpoint = plan.rules().endpoint();
            if (endpoint == null) {
                return false;
            }
            HealthState before = store.health(id).orElse(HealthState.START);
            HealthSample sample = sample(monitor, plan, endpoint, nowMillis);
            HealthStep step = HealthStep.of(id, endpoint, plan.hysteresis(), before, sample);
            boolean kept = store.keep(step);
            if (kept && step.closed() != null) {
                Rollbacks.get().consider(monitor, plan, store.signals(id), nowMillis);
            }
            return kept;
        } catch (InterruptedException x) {
            return false;
        } catch (RegistryException | IllegalArgumentException x) {
            LOGGER.log(Level.WARNING, x, () -> "The endpoint of monitor " + id + " was not looked at");
            return false;
        }
    }

    private static HealthSample sample(MonitorRecord monitor, MonitorPlan plan, EndpointPlan endpoint, long now)
            throws InterruptedException {
        Deployment serving =
                RegistryConnection.get().registry().serving(monitor.endpoint()).orElse(null);
        Scrape scrape = null;
        String failure = "";
        if (!endpoint.metrics().isEmpty()) {
            try {
                scrape = scrape(monitor, plan, endpoint, serving, now);
            } catch (IOException | IllegalArgumentException x) {
                String said = String.valueOf(x.getMessage());
                failure = said.length() > SENTENCE ? said.substring(0, SENTENCE) : said;
            }
        }
        ProbedEndpoints.Answer answer = ProbedEndpoints.last(monitor.endpoint());
        return new HealthSample(
                now,
                serving == null ? 0 : serving.version(),
                scrape,
                failure,
                answer != null,
                answer != null && answer.ready(),
                answer == null ? 0 : answer.seconds());
    }

    private static Scrape scrape(
            MonitorRecord monitor, MonitorPlan plan, EndpointPlan endpoint, @CheckForNull Deployment serving, long now)
            throws IOException, InterruptedException {
        String url = endpoint.metrics();
        if (url.startsWith("/")) {
            if (serving == null || serving.url() == null) {
                throw new IOException("The registry has no address of the endpoint that '" + url + "' could be at.");
            }
            url = java.net.URI.create(serving.url()).resolve(url).toString();
        }
        MetricsAddress address = new MetricsAddress(url, endpoint.rules(), TIMEOUT_MILLIS);
        boolean labelled = !plan.label().isEmpty() && !AgentPlace.isController(plan.label());
        FilePath place = labelled ? AgentPlace.of(plan.label()) : machine(endpoint, serving);
        String token = endpoint.credentialsId().isEmpty()
                ? ""
                : SourceCredentials.token(monitor.job(), endpoint.credentialsId(), url);
        return place == null
                ? address.fetch(RegistryConfiguration.get().allowedHosts(), token, now)
                : place.act(new ScrapeTask(address, token, now));
    }

    /** The machine of a served process, for metrics at its own address: it may listen to its own machine only. */
    @CheckForNull
    private static FilePath machine(EndpointPlan endpoint, @CheckForNull Deployment serving) throws IOException {
        if (serving == null
                || !serving.target().equals("process")
                || !endpoint.metrics().startsWith("/")) {
            return null;
        }
        JsonNode detail = Json.tree(serving.detailJson() == null ? "{}" : serving.detailJson());
        String name = detail.path("node").asText("");
        Node node = name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name);
        FilePath root = node == null ? null : node.getRootPath();
        if (root == null) {
            throw new IOException("Its machine, agent '" + name + "', is offline or gone.");
        }
        return root;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    /** Lets go of the threads before the class loader of this plugin goes away. */
    @Terminator
    @Restricted(NoExternalUse.class) // called by Jenkins
    public static void shutDown() {
        get().threads.shutdownNow();
    }
}
