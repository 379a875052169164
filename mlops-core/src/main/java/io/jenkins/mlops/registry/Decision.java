package io.jenkins.mlops.registry;

import java.io.Serializable;
import java.util.Set;

/**
 * One person's word on a promotion.
 *
 * @param promotionId the promotion
 * @param approve true to approve, false to reject
 * @param userId the person, authenticated by the caller
 * @param groups the groups that the person belongs to
 * @param comment free text, may be empty
 * @param expectedRevision the {@link Promotion#revision()} that the person saw; 0 accepts any, as long as it is
 *     still awaiting approval
 * @param boundDigest the version's digest that the person saw
 * @param evidenceHash the evidence's hash that the person saw
 */
public record Decision(
        String promotionId,
        boolean approve,
        String userId,
        Set<String> groups,
        String comment,
        int expectedRevision,
        String boundDigest,
        String evidenceHash)
        implements Serializable {
    public Decision {
        promotionId = Limits.line("The promotion's id", promotionId, Limits.KEY);
        userId = Limits.line("The approver", userId, Limits.LINE);
        groups = Limits.lines("The approver's groups", groups, 10_000);
        comment = comment == null ? "" : Limits.text("The comment", comment, Limits.TEXT);
        expectedRevision = (int) Limits.range("The expected revision", expectedRevision, 0, Integer.MAX_VALUE);
        boundDigest = Limits.digest("The digest decided on", boundDigest);
        evidenceHash = Limits.digest("The evidence's hash", evidenceHash);
    }
}
