package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;

/** A promotion policy in sentences. */
public final class PolicyView {
    private final PromotionPolicy policy;

    PolicyView(PromotionPolicy policy) {
        this.policy = policy;
    }

    public int getRevision() {
        return policy.revision();
    }

    /** Whether it is the model's own and not the one for all. */
    public boolean isOwn() {
        return policy.model() != null;
    }

    /** The gates as a Jenkinsfile states them. */
    public List<String> getGates() {
        return GateRuleText.parse(policy.gatesJson()).stream()
                .map(rule -> rule.describe())
                .toList();
    }

    /** What else has to be met, one sentence each. */
    public List<String> getSentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                policy.approvals().isEmpty()
                        ? Messages.PolicyView_gatesAlone()
                        : Messages.PolicyView_approvals(policy.approvals()));
        sentences.add(policy.separationOfDuties() ? Messages.PolicyView_separated() : Messages.PolicyView_together());
        sentences.add(
                policy.inconclusiveMayBeApproved()
                        ? Messages.PolicyView_inconclusiveApproved()
                        : Messages.PolicyView_inconclusiveRejected());
        sentences.add(Messages.PolicyView_expires(NumberText.duration(policy.expiryMillis())));
        sentences.add(
                policy.rollbackApprovals().isEmpty()
                        ? Messages.PolicyView_rollbackAlone()
                        : Messages.PolicyView_rollback(policy.rollbackApprovals()));
        if (!policy.changeWindows().isEmpty()) {
            sentences.add(Messages.PolicyView_windows(policy.changeWindows()));
        }
        if (policy.restoreAlias()) {
            sentences.add(Messages.PolicyView_restores());
        }
        return sentences;
    }
}
