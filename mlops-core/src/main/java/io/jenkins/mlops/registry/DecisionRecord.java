package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.Set;

/**
 * A decision as it was taken down.
 *
 * @param approve true for an approval, false for a rejection
 * @param userId the person
 * @param groups those of the person's groups that the policy names
 * @param comment free text, may be empty
 * @param millis when, in epoch milliseconds
 */
public record DecisionRecord(boolean approve, String userId, Set<String> groups, String comment, long millis)
        implements Serializable {
    public DecisionRecord {
        userId = Limits.line("The approver", userId, Limits.LINE);
        groups = Limits.lines("The approver's groups", groups, 10_000);
        comment = comment == null ? "" : Limits.text("The comment", comment, Limits.TEXT);
    }
}
