package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.retention.Keeping;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One version's line on the page of its model's retention: whether it goes, what keeps it, and the button for it. */
public final class RetentionRow {
    /** What no rule and no tag changes. */
    private static final Set<Keeping> FOR_EVER = EnumSet.of(Keeping.ALIAS, Keeping.SERVED, Keeping.ENDPOINT);

    private final RetentionOutcome outcome;
    private final VersionRow row;
    private final boolean taggable;

    /** @param taggable whether the rule honours a tag */
    RetentionRow(RetentionOutcome outcome, boolean taggable) {
        this.outcome = outcome;
        this.taggable = taggable;
        this.row = new VersionRow(outcome.version(), List.of(), List.of());
    }

    private ModelVersion version() {
        return outcome.version();
    }

    public int getNumber() {
        return version().number();
    }

    public String getUrl() {
        return row.getUrl();
    }

    public String getCreated() {
        return row.getCreated();
    }

    public String getCreatedBy() {
        return version().createdBy();
    }

    public String getFiles() {
        return NumberText.bytes(version().bytes());
    }

    public String getBuild() {
        return row.getBuild();
    }

    @CheckForNull
    public String getBuildUrl() {
        return row.getBuildUrl();
    }

    public boolean isGoing() {
        return outcome.goes();
    }

    /** All that keeps it, in words. */
    public List<String> getReasons() {
        return outcome.keptBy().stream().map(RetentionRow::text).toList();
    }

    private static String text(Keeping reason) {
        return switch (reason) {
            case ALIAS -> Messages.RetentionRow_alias();
            case SERVED -> Messages.RetentionRow_served();
            case ENDPOINT -> Messages.RetentionRow_endpoint();
            case PROMOTION -> Messages.RetentionRow_promotion();
            case TAG -> Messages.RetentionRow_tag();
            case NEWEST -> Messages.RetentionRow_newest();
            case AGE -> Messages.RetentionRow_age();
            case RULE -> Messages.RetentionRow_rule();
        };
    }

    /** Whether it is a person's tag that keeps it. */
    public boolean isTagged() {
        return outcome.keptBy().contains(Keeping.TAG);
    }

    /** Whether a tag is what keeps it, or could keep it from going now or later. */
    public boolean isSwitchable() {
        return isTagged() || taggable && Collections.disjoint(outcome.keptBy(), FOR_EVER);
    }
}
