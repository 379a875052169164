package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.Set;

/**
 * How many people of a circle have to approve, e.g. two of {@code release-managers}.
 *
 * @param count how many different people, 1 to 20
 * @param approvers ids of users and groups; empty means anyone with the permission to approve
 */
public record ApprovalRule(int count, Set<String> approvers) implements Serializable {
    public ApprovalRule {
        count = (int) Limits.range("The number of approvals", count, 1, 20);
        approvers = Limits.lines("The approvers", approvers, 200);
    }

    /** Whether a person with these groups counts for this rule. */
    public boolean admits(String userId, Set<String> groups) {
        return approvers.isEmpty()
                || approvers.contains(userId)
                || groups.stream().anyMatch(approvers::contains);
    }

    /** The rule as a person says it: {@code 2 of release-managers, risk}. */
    public String displayName() {
        return count + " of " + (approvers.isEmpty() ? "anyone who may approve" : String.join(", ", approvers));
    }
}
