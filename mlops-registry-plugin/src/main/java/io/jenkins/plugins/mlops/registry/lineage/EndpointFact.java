package io.jenkins.plugins.mlops.registry.lineage;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A deployment that the build made, as kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 3)
public final class EndpointFact implements Fact {
    private final String name;
    private final String model;
    private final int version;
    private final String url;
    private final String state;

    public EndpointFact(String name, String model, int version, String url, String state) {
        this.name = name;
        this.model = model;
        this.version = version;
        this.url = url;
        this.state = state;
    }

    @Override
    public String key() {
        return name;
    }

    /** The endpoint's name. */
    @Exported
    public String getName() {
        return name;
    }

    /** The model's name. */
    @Exported
    public String getModel() {
        return model;
    }

    /** The version that the build deployed. */
    @Exported
    public int getVersion() {
        return version;
    }

    /** Where it answers, or empty. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** How the rollout ended. */
    @Exported
    public String getState() {
        return state;
    }
}
