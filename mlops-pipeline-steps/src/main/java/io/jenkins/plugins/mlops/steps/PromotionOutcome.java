package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code promoteModel} returns: how a promotion stands or ended, readable in a sandboxed Jenkinsfile. */
public final class PromotionOutcome implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String model;
    private final int version;
    private final String alias;
    private final String state;
    private final String verdict;

    PromotionOutcome(String id, String model, int version, String alias, String state, String verdict) {
        this.id = id;
        this.model = model;
        this.version = version;
        this.alias = alias;
        this.state = state;
        this.verdict = verdict;
    }

    @Whitelisted
    public String getId() {
        return id;
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
    public String getAlias() {
        return alias;
    }

    /** The state's name, such as {@code AWAITING_APPROVAL} or {@code VERIFIED}. */
    @Whitelisted
    public String getState() {
        return state;
    }

    /** What the gates said: {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** Whether the alias points at the version because of this promotion. */
    @Whitelisted
    public boolean isPromoted() {
        return state.equals("APPLIED") || state.equals("VERIFIED");
    }

    @Whitelisted
    @Override
    public String toString() {
        return "promotion " + id + " of " + model + " version " + version + " to '" + alias + "': " + state;
    }
}
