package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.Set;

/**
 * How many people of a circle have to approve, e.g. two of {@code release-managers}.
 *
 * @param count how many different people, 1 to 20
 * @param approvers users and groups, as {@code user:ID} and {@code group:NAME}; a plain name means either, which is
 *     only safe where nobody can choose his own user id. User ids are compared without case, as Jenkins does. Empty
 *     means anyone with the permission to approve
 */
public record ApprovalRule(int count, Set<String> approvers) implements Serializable {
    public ApprovalRule {
        count = (int) Limits.range("The number of approvals", count, 1, 20);
        approvers = Limits.lines("The approvers", approvers, 200);
    }

    /** Whether a person with these groups counts for this rule. */
    public boolean admits(String userId, Set<String> groups) {
        return approvers.isEmpty() || approvers.stream().anyMatch(approver -> names(approver, userId, groups));
    }

    /** Whether an entry of {@link #approvers} names the person or one of the groups. */
    static boolean names(String approver, String userId, Set<String> groups) {
        if (approver.startsWith("user:")) {
            return approver.substring("user:".length()).equalsIgnoreCase(userId);
        }
        if (approver.startsWith("group:")) {
            return groups.contains(approver.substring("group:".length()));
        }
        return approver.equalsIgnoreCase(userId) || groups.contains(approver);
    }

    /** The rule as a person says it: {@code 2 of release-managers, risk}. */
    public String displayName() {
        return count + " of " + (approvers.isEmpty() ? "anyone who may approve" : String.join(", ", approvers));
    }
}
