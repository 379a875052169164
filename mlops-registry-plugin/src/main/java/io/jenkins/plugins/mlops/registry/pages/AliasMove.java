package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;

/**
 * One move of an alias.
 *
 * @param fromSeen whether the reader may see the version that it was taken from
 */
public record AliasMove(AliasChange change, boolean fromSeen) {
    public String getAlias() {
        return change.alias();
    }

    public String getTime() {
        return NumberText.time(change.millis());
    }

    public String getBy() {
        return change.changedBy();
    }

    public int getTo() {
        return change.version();
    }

    public int getFrom() {
        return fromSeen ? change.previousVersion() : 0;
    }

    public String getToUrl() {
        return Links.version(change.model(), change.version());
    }
}
