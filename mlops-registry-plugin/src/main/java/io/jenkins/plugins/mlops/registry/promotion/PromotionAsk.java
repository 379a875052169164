package io.jenkins.plugins.mlops.registry.promotion;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.BuildRef;
import java.util.List;

/**
 * What somebody asks for when a version is to be promoted.
 *
 * @param operationKey asking again with the same key answers with the promotion that the first time made
 * @param model the model's name
 * @param version the version's number
 * @param alias the alias to move
 * @param requestedBy id of the user who asks
 * @param build the build that asks; null when a person does
 * @param reason why; may be empty
 * @param gates gates beside those of the policy
 * @param approvals approvals beside those of the policy
 */
public record PromotionAsk(
        String operationKey,
        String model,
        int version,
        String alias,
        String requestedBy,
        @CheckForNull BuildRef build,
        String reason,
        List<GateRule> gates,
        List<ApprovalRule> approvals) {}
