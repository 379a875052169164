package io.jenkins.plugins.mlops.registry.lineage;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A promotion that the build asked for, as kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 3)
public final class PromotionFact implements Fact {
    private final String id;
    private final String model;
    private final int version;
    private final String alias;
    private final String state;
    private final String verdict;

    public PromotionFact(String id, String model, int version, String alias, String state, String verdict) {
        this.id = id;
        this.model = model;
        this.version = version;
        this.alias = alias;
        this.state = state;
        this.verdict = verdict;
    }

    @Override
    public String key() {
        return id;
    }

    /** The promotion's id. */
    @Exported
    public String getId() {
        return id;
    }

    /** The model's name. */
    @Exported
    public String getModel() {
        return model;
    }

    /** The version to promote. */
    @Exported
    public int getVersion() {
        return version;
    }

    /** The alias to move. */
    @Exported
    public String getAlias() {
        return alias;
    }

    /** Its state when the build last looked. */
    @Exported
    public String getState() {
        return state;
    }

    /** What its gates said. */
    @Exported
    public String getVerdict() {
        return verdict;
    }
}
