package io.jenkins.plugins.mlops.monitor;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.serving.HealthCheck;
import io.jenkins.mlops.serving.HttpProbe;
import io.jenkins.mlops.serving.ProbeRequest;
import io.jenkins.mlops.serving.ProbeResult;
import java.io.File;
import java.io.Serializable;
import java.net.URI;
import java.util.function.Predicate;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Asks an endpoint whether it is ready.
 *
 * @param check how it is asked
 * @param url where it answers
 */
record ReadinessTask(HealthCheck check, String url) implements ControllerToAgentFileCallable<ReadinessTask.Seen> {
    private static final int MOST_DETAIL = 4_096;

    /**
     * What came of it.
     *
     * @param ready whether every request was answered with 2xx
     * @param detail what was asked and answered
     * @param millis how long the last request took
     */
    record Seen(boolean ready, String detail, long millis) implements Serializable {
        Seen {
            detail = detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
        }
    }

    /** On the machine of a served process, which may listen to its own machine only. */
    @Override
    public Seen invoke(File place, VirtualChannel channel) throws InterruptedException {
        return ask(address -> true);
    }

    /** From here, where the administrator allows the address. */
    Seen ask(Predicate<URI> allowed) throws InterruptedException {
        HttpProbe probe = new HttpProbe(allowed);
        String last = "nothing to ask";
        long millis = 0;
        for (ProbeRequest request : check.readiness(url)) {
            ProbeResult result = probe.probe(request);
            millis = result.latencyMillis();
            last = request + ": " + result.summary();
            if (!result.successful()) {
                return new Seen(false, last, millis);
            }
        }
        return new Seen(true, last, millis);
    }
}
