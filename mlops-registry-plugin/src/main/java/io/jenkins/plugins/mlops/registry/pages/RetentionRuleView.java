package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.retention.RetentionRule;
import io.jenkins.plugins.mlops.registry.retention.RetentionConfiguration;
import java.util.ArrayList;
import java.util.List;

/** A model's retention rule, in a sentence. */
public final class RetentionRuleView {
    private final String model;
    private final RetentionRule rule;

    RetentionRuleView(String model) {
        this.model = model;
        this.rule = RetentionConfiguration.get().ruleOf(model);
    }

    /** Whether it lets anything go. */
    public boolean isLimiting() {
        return rule.isLimiting();
    }

    /** Whether the model has a rule of its own. */
    public boolean isOwn() {
        return RetentionConfiguration.get().hasOwnRule(model);
    }

    /** What stays though it never served, such as "the newest 3 versions; versions with the tag keep". */
    public String getText() {
        if (!rule.isLimiting()) {
            return Messages.RetentionRuleView_all();
        }
        List<String> kept = new ArrayList<>();
        if (rule.keepNewest() > 0) {
            kept.add(Messages.RetentionRuleView_newest(rule.keepNewest()));
        }
        kept.add(Messages.RetentionRuleView_days(Math.max(1, rule.keepDays())));
        if (!rule.keepTags().isEmpty()) {
            kept.add(Messages.RetentionRuleView_tags(String.join(", ", rule.keepTags())));
        }
        return String.join("; ", kept);
    }
}
