package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Node;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.serving.HealthCheck;
import io.jenkins.plugins.mlops.steps.serving.ServingTarget;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Knows which machine an endpoint is served on. */
final class EndpointMachine {
    private EndpointMachine() {}

    /** What is needed to look at the endpoint later: the machine it is on, and how it is asked. */
    static String detail(@CheckForNull Node node, HealthCheck check) {
        Map<String, String> detail = new TreeMap<>();
        if (node != null) {
            detail.put("node", node.getNodeName());
        }
        detail.put("protocol", check.protocol().symbol());
        detail.put("modelName", check.modelName());
        detail.put("readyPath", check.readyPath());
        return Json.write(detail);
    }

    /** A process on one machine cannot be replaced from another: it would go on serving there. */
    static void refuseOther(Optional<Deployment> serving, ServingTarget target, @CheckForNull Node node)
            throws AbortException {
        if (serving.isEmpty()
                || node == null
                || !target.kind().equals("process")
                || !serving.get().target().equals("process")
                || serving.get().detailJson() == null) {
            return;
        }
        String where = Json.tree(serving.get().detailJson()).path("node").asText(null);
        if (where != null && !where.equals(node.getNodeName())) {
            throw new AbortException("The endpoint '" + serving.get().endpoint() + "' is served by a process on "
                    + machine(where) + ", but this step runs on " + machine(node.getNodeName())
                    + ". Run deployEndpoint there, or give the endpoint another name.");
        }
    }

    private static String machine(String nodeName) {
        return nodeName.isEmpty() ? "the built-in node" : "agent '" + nodeName + "'";
    }
}
