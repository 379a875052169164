package io.jenkins.plugins.mlops.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Signal;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.serving.HealthCheck;
import io.jenkins.mlops.serving.ServingProtocol;
import io.jenkins.plugins.mlops.monitor.retraining.Rollbacks;
import io.jenkins.plugins.mlops.monitor.watch.ProbedEndpoints;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import jenkins.model.Jenkins;

/** Looks at every endpoint that serves, once a minute, from the machine that it is served on. */
@Extension
public final class EndpointWatch extends AsyncPeriodicWork implements ProbedEndpoints {
    private static final int TO_ALARM = 3;
    private static final int TO_HEAL = 2;
    private static final long TIMEOUT_MILLIS = 5_000;

    private final Map<String, EndpointHealth> found = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    public EndpointWatch() {
        super("MLOps endpoint watch");
    }

    public static EndpointWatch get() {
        return ExtensionList.lookupSingleton(EndpointWatch.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) throws InterruptedException {
        if (RegistryConnection.get().hasRecords()) {
            look();
        }
    }

    /** Looks at all endpoints now. */
    void look() throws InterruptedException {
        List<Deployment> serving = RegistryConnection.get().registry().endpoints().stream()
                .filter(deployment -> deployment.state() == DeploymentState.SERVING)
                .toList();
        found.keySet().retainAll(serving.stream().map(Deployment::endpoint).toList());
        answers.keySet().retainAll(found.keySet());
        for (Deployment deployment : serving) {
            long now = RegistryConnection.get().clock().millis();
            ReadinessTask.Seen seen = ask(deployment);
            EndpointHealth before = found.get(deployment.endpoint());
            boolean same = before != null && before.deployment().operationKey().equals(deployment.operationKey());
            Signal signal = (same ? before.signal() : Signal.quiet(now)).observe(seen.ready(), TO_ALARM, TO_HEAL, now);
            answers.put(deployment.endpoint(), new Answer(seen.ready(), seen.millis() / 1_000.0, now));
            found.put(deployment.endpoint(), new EndpointHealth(deployment, signal, seen.detail(), now));
            Rollbacks.get().consider(deployment, signal, now);
        }
    }

    private static ReadinessTask.Seen ask(Deployment deployment) throws InterruptedException {
        if (deployment.url() == null) {
            return new ReadinessTask.Seen(false, "the registry has no URL of it", 0);
        }
        try {
            JsonNode detail = Json.tree(deployment.detailJson() == null ? "{}" : deployment.detailJson());
            HealthCheck check = new HealthCheck(
                    ServingProtocol.of(detail.path("protocol").asText(ServingProtocol.HTTP.symbol())),
                    detail.path("modelName").asText(deployment.model()),
                    detail.path("readyPath").asText(""),
                    "",
                    "",
                    List.of(),
                    TIMEOUT_MILLIS);
            ReadinessTask task = new ReadinessTask(check, deployment.url());
            return deployment.target().equals("process")
                    ? root(detail.path("node").asText("")).act(task)
                    : task.ask(RegistryConfiguration.get().allowedHosts());
        } catch (IOException | IllegalArgumentException x) {
            return new ReadinessTask.Seen(false, String.valueOf(x.getMessage()), 0);
        }
    }

    private static FilePath root(String nodeName) throws IOException {
        Node node = nodeName.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(nodeName);
        FilePath root = node == null ? null : node.getRootPath();
        if (root == null) {
            throw new IOException("its machine, agent '" + nodeName + "', is offline or gone");
        }
        return root;
    }

    @CheckForNull
    @Override
    public Answer answer(String endpoint) {
        return answers.get(endpoint);
    }

    /** What was found, by the endpoints' names. */
    public List<EndpointHealth> getEndpoints() {
        return new ArrayList<>(new TreeMap<>(found).values());
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }
}
