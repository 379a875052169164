package io.jenkins.plugins.mlops.monitor.watch;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.monitor.endpoint.MetricsAddress;
import io.jenkins.mlops.monitor.endpoint.Scrape;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Fetches an endpoint's metrics on an agent, which may ask what its own builds may.
 *
 * @param address where they are
 * @param token the secret that they ask for; empty for none
 * @param nowMillis the controller's time
 */
record ScrapeTask(MetricsAddress address, String token, long nowMillis)
        implements ControllerToAgentFileCallable<Scrape> {
    @Override
    public Scrape invoke(File place, VirtualChannel channel) throws IOException, InterruptedException {
        return address.fetch(asked -> true, token, nowMillis);
    }

    /** Without the secret: remoting logs the calls that fail. */
    @Override
    public String toString() {
        return "the scrape of " + address.url();
    }
}
