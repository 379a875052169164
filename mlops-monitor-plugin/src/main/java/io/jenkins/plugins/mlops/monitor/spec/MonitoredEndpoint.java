package io.jenkins.plugins.mlops.monitor.spec;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code monitorEndpoint} returns: a monitor, readable in a sandboxed Jenkinsfile. */
public final class MonitoredEndpoint implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String model;
    private final String endpoint;
    private final String state;

    MonitoredEndpoint(String name, String model, String endpoint, String state) {
        this.name = name;
        this.model = model;
        this.endpoint = endpoint;
        this.state = state;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    @Whitelisted
    public String getModel() {
        return model;
    }

    @Whitelisted
    public String getEndpoint() {
        return endpoint;
    }

    /** The state of its worst signal when the step ran: {@code OK}, {@code SUSPECT}, {@code ALARM}, {@code RECOVERING}. */
    @Whitelisted
    public String getState() {
        return state;
    }

    @Whitelisted
    @Override
    public String toString() {
        return "monitor " + name + " of " + model + " at " + endpoint + ": " + state;
    }
}
