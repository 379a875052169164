package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.AliasInDoubt;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;

/** An alias that points at a version which an endpoint took back, and where to give it back. */
public final class AliasDoubt {
    private final AliasInDoubt doubt;
    private final boolean returnable;

    /** @param returnable whether another version held the alias before */
    AliasDoubt(AliasInDoubt doubt, boolean returnable) {
        this.doubt = doubt;
        this.returnable = returnable;
    }

    public boolean isReturnable() {
        return returnable;
    }

    /** It in a sentence. */
    public String getText() {
        return doubt.display();
    }

    public String getTime() {
        return NumberText.time(doubt.deployment().changedMillis());
    }

    public int getNumber() {
        return doubt.deployment().version();
    }

    public String getUrl() {
        return Links.version(doubt.deployment().model(), doubt.deployment().version());
    }
}
