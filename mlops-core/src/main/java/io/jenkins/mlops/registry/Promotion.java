package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import java.io.Serializable;
import java.util.List;

/**
 * The request to move an alias, everything that was said about it, and how it ended.
 *
 * @param id 32 hexadecimal digits
 * @param kind see {@link PromotionKind}
 * @param model the model's name
 * @param version the version's number
 * @param alias the alias to move
 * @param state see {@link PromotionState}
 * @param revision grows by one with every change, from 1
 * @param requestedBy id of the user who asked
 * @param requestedMillis when, in epoch milliseconds
 * @param versionDigest the version's digest that the evidence and the decisions are about
 * @param verdict what the gates said
 * @param evidenceHash digest of the evidence
 * @param gateReportJson the gates' report; null when there were no gates
 * @param policy the policy that was in force when it was asked
 * @param decisions in the order they were taken
 * @param expiresMillis when it expires if nobody decides, in epoch milliseconds
 * @param appliedMillis when the alias moved, in epoch milliseconds; 0 if it has not
 * @param previousVersion the version that held the alias before it moved; 0 for none or when it has not moved
 * @param reason why it stands as it stands, for people
 * @param build the build that asked; null when a person did
 * @param applyMillis when the change window opens that it waits for once it is APPROVED, in epoch milliseconds; 0 when
 *     it waits for none
 */
public record Promotion(
        String id,
        PromotionKind kind,
        String model,
        int version,
        String alias,
        PromotionState state,
        int revision,
        String requestedBy,
        long requestedMillis,
        String versionDigest,
        Verdict verdict,
        String evidenceHash,
        @CheckForNull String gateReportJson,
        PromotionPolicy policy,
        List<DecisionRecord> decisions,
        long expiresMillis,
        long appliedMillis,
        int previousVersion,
        String reason,
        @CheckForNull BuildRef build,
        long applyMillis)
        implements Serializable {
    public Promotion {
        id = Limits.line("The promotion's id", id, Limits.KEY);
        kind = Limits.required("The promotion's kind", kind);
        model = ModelName.check(model);
        version = (int) Limits.range("A version's number", version, 1, Integer.MAX_VALUE);
        alias = ModelName.checkAlias(alias);
        state = Limits.required("The promotion's state", state);
        requestedBy = Limits.line("The requester", requestedBy, Limits.LINE);
        versionDigest = Limits.digest("A version's digest", versionDigest);
        verdict = Limits.required("The gates' verdict", verdict);
        evidenceHash = Limits.digest("The evidence's hash", evidenceHash);
        gateReportJson = Limits.text("The gates' report", gateReportJson, Limits.DOCUMENT);
        policy = Limits.required("The promotion's policy", policy);
        decisions = Limits.list("A promotion's decisions", decisions, Limits.ENTRIES);
        reason = reason == null ? "" : Limits.text("The reason", reason, Limits.TEXT);
    }

    /** Who has to approve it, all told: the policy's approvals, or those of its rollback policy. */
    public ApprovalExpression approvals() {
        return Quorum.of(this);
    }

    /** Whether its alias may be moved at a moment, as far as change windows go; only what is put forward has them. */
    public boolean isWindowOpen(long millis) {
        return kind != PromotionKind.PROMOTION || policy.windows().isOpen(millis);
    }

    /** Whether it is approved, and its files are compared with their digests before the alias moves. */
    public boolean isBeingChecked() {
        return state == PromotionState.APPROVED && applyMillis == 0;
    }

    /** How many more approvals are needed at the least; 0 unless it is awaiting approval. */
    public int approvalsMissing() {
        return state == PromotionState.AWAITING_APPROVAL ? approvals().missing(decisions) : 0;
    }

    /** The approvals that are still missing on the shortest way, e.g. {@code 1 of risk}; empty when none are. */
    public List<ApprovalRule> approvalsOpen() {
        return state == PromotionState.AWAITING_APPROVAL ? approvals().open(decisions) : List.of();
    }
}
