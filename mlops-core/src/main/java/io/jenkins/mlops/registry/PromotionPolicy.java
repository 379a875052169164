package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a promotion of one model has to pass; it binds whatever a Jenkinsfile says.
 *
 * <p>Every change makes a new revision, and a promotion keeps the policy it was asked under.
 *
 * @param model the model's name; null for the policy of every model that has none of its own
 * @param revision 0 for the built-in default, then growing over the policies of all models, so that no two policies
 *     share one; ignored on the way in
 * @param approvals who has to approve; all rules must be met, each by different people. Empty: nobody, the gates
 *     alone decide
 * @param separationOfDuties whether the version's authors, its creator and the one who asked are barred from approving
 * @param expiryMillis how long a promotion waits for its approvals, in milliseconds, 1 second to 366 days
 * @param inconclusiveMayBeApproved whether people may approve when the gates came to no verdict; at least one
 *     approval is then needed, whatever {@code approvals} says
 * @param gatesJson the gates as a JSON array, written and read by the gate package; {@code []} for none
 * @param restoreAlias whether an alias that was moved outside is put back
 */
public record PromotionPolicy(
        @CheckForNull String model,
        int revision,
        List<ApprovalRule> approvals,
        boolean separationOfDuties,
        long expiryMillis,
        boolean inconclusiveMayBeApproved,
        String gatesJson,
        boolean restoreAlias)
        implements Serializable {
    /** How long a promotion waits when nothing else is configured: seven days, in milliseconds. */
    public static final long DEFAULT_EXPIRY_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private static final long MAX_EXPIRY_MILLIS = 366L * 24 * 60 * 60 * 1000;

    public PromotionPolicy {
        model = model == null ? null : ModelName.check(model);
        revision = (int) Limits.range("A policy's revision", revision, 0, Integer.MAX_VALUE);
        approvals = Limits.list("A policy's approvals", approvals, 20);
        expiryMillis = Limits.range("A policy's expiry in milliseconds", expiryMillis, 1_000, MAX_EXPIRY_MILLIS);
        gatesJson = gatesJson == null || gatesJson.isBlank()
                ? "[]"
                : Limits.text("A policy's gates", gatesJson, Limits.DOCUMENT);
    }

    /** The built-in policy: the gates must pass, nobody has to approve, separation of duties where somebody does. */
    public static PromotionPolicy byDefault() {
        return new PromotionPolicy(null, 0, List.of(), true, DEFAULT_EXPIRY_MILLIS, false, "[]", false);
    }

    public PromotionPolicy withModel(@CheckForNull String newModel, int newRevision) {
        return new PromotionPolicy(
                newModel,
                newRevision,
                approvals,
                separationOfDuties,
                expiryMillis,
                inconclusiveMayBeApproved,
                gatesJson,
                restoreAlias);
    }

    public PromotionPolicy withApprovals(List<ApprovalRule> newApprovals) {
        return new PromotionPolicy(
                model,
                revision,
                newApprovals,
                separationOfDuties,
                expiryMillis,
                inconclusiveMayBeApproved,
                gatesJson,
                restoreAlias);
    }

    /** The same with more approvals beside those it has. */
    public PromotionPolicy withMoreApprovals(List<ApprovalRule> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<ApprovalRule> all = new ArrayList<>(approvals);
        all.addAll(more);
        return withApprovals(all);
    }

    public PromotionPolicy withSeparationOfDuties(boolean separated) {
        return new PromotionPolicy(
                model,
                revision,
                approvals,
                separated,
                expiryMillis,
                inconclusiveMayBeApproved,
                gatesJson,
                restoreAlias);
    }

    public PromotionPolicy withInconclusiveMayBeApproved(boolean mayBeApproved) {
        return new PromotionPolicy(
                model, revision, approvals, separationOfDuties, expiryMillis, mayBeApproved, gatesJson, restoreAlias);
    }

    public PromotionPolicy withExpiryMillis(long newExpiryMillis) {
        return new PromotionPolicy(
                model,
                revision,
                approvals,
                separationOfDuties,
                newExpiryMillis,
                inconclusiveMayBeApproved,
                gatesJson,
                restoreAlias);
    }

    public PromotionPolicy withGatesJson(String newGatesJson) {
        return new PromotionPolicy(
                model,
                revision,
                approvals,
                separationOfDuties,
                expiryMillis,
                inconclusiveMayBeApproved,
                newGatesJson,
                restoreAlias);
    }
}
