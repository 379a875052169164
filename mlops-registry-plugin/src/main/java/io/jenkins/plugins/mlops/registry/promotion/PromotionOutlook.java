package io.jenkins.plugins.mlops.registry.promotion;

import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Quorum;
import io.jenkins.mlops.registry.approval.ApprovalReach;
import io.jenkins.plugins.mlops.registry.policy.JenkinsPeople;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether promotions that wait can still be approved by those whom their policies name, as far as the security realm
 * is certain who is no longer there.
 *
 * <p>Such a promotion stays open: whoever was deleted may be put back, and people decide. It asks the realm about each
 * user once, so it serves one page or answer.
 */
public final class PromotionOutlook {
    private final Map<String, Boolean> gone = new HashMap<>();

    /**
     * Why a promotion can no longer be approved, in a sentence; empty when it can, or when that is not certain.
     *
     * @param version the version that is put forward
     */
    public Optional<String> unmeetable(Promotion promotion, ModelVersion version) {
        if (promotion.state() != PromotionState.AWAITING_APPROVAL) {
            return Optional.empty();
        }
        Optional<String> approver = promotion.decisions().stream()
                .filter(DecisionRecord::approve)
                .map(DecisionRecord::userId)
                .filter(this::isGone)
                .findFirst();
        if (approver.isPresent()) {
            return Optional.of("It can no longer be applied: the security realm knows no user '" + approver.get()
                    + "' any more, who approved it, and that approval does not count. Withdraw it and ask again.");
        }
        Set<String> missing =
                promotion.approvals().users().stream().filter(this::isGone).collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Set<String> barred = new TreeSet<>(Quorum.barred(promotion, version));
        barred.addAll(missing);
        return new ApprovalReach(JenkinsPeople.INSTANCE, barred)
                .unmeetable(promotion.approvals())
                .map(why -> "Its approvals can no longer be met, because of users who are not there any more: " + why
                        + ". Withdraw it, change the policy and ask again.");
    }

    private boolean isGone(String id) {
        return gone.computeIfAbsent(id, JenkinsPeople.INSTANCE::isGone);
    }
}
