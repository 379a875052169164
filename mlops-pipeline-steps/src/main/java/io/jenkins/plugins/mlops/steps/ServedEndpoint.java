package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deployEndpoint} returns: a served model, readable in a sandboxed Jenkinsfile. */
public final class ServedEndpoint implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String url;
    private final String model;
    private final int version;

    ServedEndpoint(String name, String url, String model, int version) {
        this.name = name;
        this.url = url;
        this.model = model;
        this.version = version;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    /** The base URL, without a slash at its end. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    @Whitelisted
    public String getModel() {
        return model;
    }

    @Whitelisted
    public int getVersion() {
        return version;
    }

    @Whitelisted
    @Override
    public String toString() {
        return "endpoint " + name + " serves " + model + " version " + version + " at " + url;
    }
}
