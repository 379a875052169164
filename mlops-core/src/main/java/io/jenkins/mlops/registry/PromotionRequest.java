package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.gate.Verdict;
import java.io.Serializable;
import java.util.List;

/**
 * The request to move an alias to a version, with what the gates said.
 *
 * @param operationKey asking again with the same key answers with the promotion that the first time made
 * @param model the model's name
 * @param version the version's number
 * @param alias the alias to move
 * @param requestedBy id of the user who asks
 * @param versionDigest the digest that the evidence is about; must be the version's
 * @param policyRevision revision of the policy whose gates were evaluated; a newer one in force is a conflict
 * @param verdict what the gates said
 * @param evidenceHash digest of the evidence that the gates saw
 * @param gateReportJson the gates' report as a JSON document; null when there were no gates
 * @param build the build that asks; null when a person asks on a page
 * @param reason why, in the requester's words; may be empty
 * @param additionalApprovals approvals that the requester asks for beside the policy's; a request can only ask for more
 * @param holderVersion the version that held the alias when the gates were judged, 0 for none; another one by now is a
 *     conflict. {@link #ANY_HOLDER} when the gates did not look at it
 */
public record PromotionRequest(
        String operationKey,
        String model,
        int version,
        String alias,
        String requestedBy,
        String versionDigest,
        int policyRevision,
        Verdict verdict,
        String evidenceHash,
        @CheckForNull String gateReportJson,
        @CheckForNull BuildRef build,
        String reason,
        List<ApprovalRule> additionalApprovals,
        int holderVersion)
        implements Serializable {
    /** The gates were judged without a look at who holds the alias. */
    public static final int ANY_HOLDER = -1;

    public PromotionRequest {
        operationKey = Limits.line("The operation's key", operationKey, Limits.KEY);
        model = ModelName.check(model);
        version = (int) Limits.range("A version's number", version, 1, Integer.MAX_VALUE);
        alias = ModelName.checkAlias(alias);
        requestedBy = Limits.line("The requester", requestedBy, Limits.LINE);
        versionDigest = Limits.digest("A version's digest", versionDigest);
        policyRevision = (int) Limits.range("A policy's revision", policyRevision, 0, Integer.MAX_VALUE);
        verdict = Limits.required("The gates' verdict", verdict);
        evidenceHash = Limits.digest("The evidence's hash", evidenceHash);
        gateReportJson = Limits.text("The gates' report", gateReportJson, Limits.DOCUMENT);
        reason = reason == null ? "" : Limits.text("The reason", reason, Limits.TEXT);
        additionalApprovals = Limits.list("A request's approvals", additionalApprovals, 10);
        holderVersion = (int) Limits.range("The alias' holder", holderVersion, ANY_HOLDER, Integer.MAX_VALUE);
    }

    /** A request whose gates did not look at who holds the alias. */
    public PromotionRequest(
            String operationKey,
            String model,
            int version,
            String alias,
            String requestedBy,
            String versionDigest,
            int policyRevision,
            Verdict verdict,
            String evidenceHash,
            @CheckForNull String gateReportJson,
            @CheckForNull BuildRef build,
            String reason,
            List<ApprovalRule> additionalApprovals) {
        this(
                operationKey,
                model,
                version,
                alias,
                requestedBy,
                versionDigest,
                policyRevision,
                verdict,
                evidenceHash,
                gateReportJson,
                build,
                reason,
                additionalApprovals,
                ANY_HOLDER);
    }

    /** A request that asks for no more approvals than the policy does. */
    public PromotionRequest(
            String operationKey,
            String model,
            int version,
            String alias,
            String requestedBy,
            String versionDigest,
            int policyRevision,
            Verdict verdict,
            String evidenceHash,
            @CheckForNull String gateReportJson,
            @CheckForNull BuildRef build,
            String reason) {
        this(
                operationKey,
                model,
                version,
                alias,
                requestedBy,
                versionDigest,
                policyRevision,
                verdict,
                evidenceHash,
                gateReportJson,
                build,
                reason,
                List.of());
    }
}
