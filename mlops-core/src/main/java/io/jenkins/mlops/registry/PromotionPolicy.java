package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import io.jenkins.mlops.registry.window.ChangeWindows;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a promotion of one model has to pass; it binds whatever a Jenkinsfile says.
 *
 * <p>Every change makes a new revision, and a promotion keeps the policy it was asked under.
 *
 * @param model the model's name; null for the policy of every model that has none of its own
 * @param revision 0 for the built-in default, then growing over the policies of all models, so that no two policies
 *     share one; ignored on the way in
 * @param approvals who has to approve, as {@link ApprovalExpression} reads it. Empty: nobody, the gates alone decide
 * @param separationOfDuties whether the version's authors, its creator and the one who asked are barred from approving
 * @param expiryMillis how long a promotion waits for its approvals and for a change window, in milliseconds, 1 second
 *     to 366 days
 * @param inconclusiveMayBeApproved whether people may approve when the gates came to no verdict; at least one
 *     approval is then needed, whatever {@code approvals} says
 * @param gatesJson the gates as a JSON array, written and read by the gate package; {@code []} for none
 * @param restoreAlias whether an alias that was moved outside is put back
 * @param rollbackApprovals who has to approve a rollback, as {@link ApprovalExpression} reads it. Empty: nobody, an
 *     alias goes back at once
 * @param changeWindows when approved promotions may be applied, as {@link ChangeWindows} reads it. Empty: always.
 *     Rollbacks and overrides don't wait
 * @param origin where the policy comes from
 */
public record PromotionPolicy(
        @CheckForNull String model,
        int revision,
        String approvals,
        boolean separationOfDuties,
        long expiryMillis,
        boolean inconclusiveMayBeApproved,
        String gatesJson,
        boolean restoreAlias,
        String rollbackApprovals,
        String changeWindows,
        PolicyOrigin origin)
        implements Serializable {
    /** How long a promotion waits when nothing else is configured: seven days, in milliseconds. */
    public static final long DEFAULT_EXPIRY_MILLIS = 7L * 24 * 60 * 60 * 1000;

    private static final long MAX_EXPIRY_MILLIS = 366L * 24 * 60 * 60 * 1000;

    public PromotionPolicy {
        model = model == null ? null : ModelName.check(model);
        revision = (int) Limits.range("A policy's revision", revision, 0, Integer.MAX_VALUE);
        approvals = ApprovalExpression.parse(approvals).text();
        expiryMillis = Limits.range("A policy's expiry in milliseconds", expiryMillis, 1_000, MAX_EXPIRY_MILLIS);
        gatesJson = gatesJson == null || gatesJson.isBlank()
                ? "[]"
                : Limits.text("A policy's gates", gatesJson, Limits.DOCUMENT);
        rollbackApprovals = ApprovalExpression.parse(rollbackApprovals).text();
        changeWindows = ChangeWindows.parse(changeWindows).text();
        origin = origin == null ? PolicyOrigin.PERSON : origin;
    }

    /** The built-in policy: the gates must pass, nobody has to approve, separation of duties where somebody does. */
    public static PromotionPolicy byDefault() {
        return new PromotionPolicy(
                null, 0, "", true, DEFAULT_EXPIRY_MILLIS, false, "[]", false, "", "", PolicyOrigin.BUILT_IN);
    }

    /** The parsed {@link #approvals}. */
    public ApprovalExpression approvalExpression() {
        return ApprovalExpression.parse(approvals);
    }

    /** The parsed {@link #rollbackApprovals}. */
    public ApprovalExpression rollbackExpression() {
        return ApprovalExpression.parse(rollbackApprovals);
    }

    /** The parsed {@link #changeWindows}. */
    public ChangeWindows windows() {
        return ChangeWindows.parse(changeWindows);
    }

    /** Whether both ask for the same, whoever set them and whenever. */
    public boolean asksTheSame(PromotionPolicy other) {
        return withModel(null, 0)
                .withOrigin(PolicyOrigin.PERSON)
                .equals(other.withModel(null, 0).withOrigin(PolicyOrigin.PERSON));
    }

    public PromotionPolicy withModel(@CheckForNull String newModel, int newRevision) {
        return edited(draft -> {
            draft.model = newModel;
            draft.revision = newRevision;
        });
    }

    /** The same with other approvals, see {@link ApprovalExpression}. */
    public PromotionPolicy withApprovals(String expression) {
        return edited(draft -> draft.approvals = expression);
    }

    /** The same with these approvals, all to be met by different people. */
    public PromotionPolicy withApprovals(List<ApprovalRule> rules) {
        return withApprovals(ApprovalExpression.of(rules).text());
    }

    /** The same with more approvals beside those it has. */
    public PromotionPolicy withMoreApprovals(List<ApprovalRule> more) {
        return more.isEmpty()
                ? this
                : withApprovals(
                        approvalExpression().and(ApprovalExpression.of(more)).text());
    }

    public PromotionPolicy withSeparationOfDuties(boolean separated) {
        return edited(draft -> draft.separationOfDuties = separated);
    }

    public PromotionPolicy withInconclusiveMayBeApproved(boolean mayBeApproved) {
        return edited(draft -> draft.inconclusiveMayBeApproved = mayBeApproved);
    }

    public PromotionPolicy withExpiryMillis(long newExpiryMillis) {
        return edited(draft -> draft.expiryMillis = newExpiryMillis);
    }

    public PromotionPolicy withGatesJson(String newGatesJson) {
        return edited(draft -> draft.gatesJson = newGatesJson);
    }

    public PromotionPolicy withRestoreAlias(boolean restored) {
        return edited(draft -> draft.restoreAlias = restored);
    }

    /** The same with other approvals for rollbacks, see {@link ApprovalExpression}. */
    public PromotionPolicy withRollbackApprovals(String expression) {
        return edited(draft -> draft.rollbackApprovals = expression);
    }

    /** The same with other change windows, see {@link ChangeWindows}. */
    public PromotionPolicy withChangeWindows(String windows) {
        return edited(draft -> draft.changeWindows = windows);
    }

    public PromotionPolicy withOrigin(PolicyOrigin newOrigin) {
        return edited(draft -> draft.origin = newOrigin);
    }

    private PromotionPolicy edited(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return draft.toPolicy();
    }

    /** A policy's fields, to change some of them. */
    private static final class Draft {
        @CheckForNull
        private String model;

        private int revision;
        private String approvals;
        private boolean separationOfDuties;
        private long expiryMillis;
        private boolean inconclusiveMayBeApproved;
        private String gatesJson;
        private boolean restoreAlias;
        private String rollbackApprovals;
        private String changeWindows;
        private PolicyOrigin origin;

        Draft(PromotionPolicy policy) {
            model = policy.model;
            revision = policy.revision;
            approvals = policy.approvals;
            separationOfDuties = policy.separationOfDuties;
            expiryMillis = policy.expiryMillis;
            inconclusiveMayBeApproved = policy.inconclusiveMayBeApproved;
            gatesJson = policy.gatesJson;
            restoreAlias = policy.restoreAlias;
            rollbackApprovals = policy.rollbackApprovals;
            changeWindows = policy.changeWindows;
            origin = policy.origin;
        }

        PromotionPolicy toPolicy() {
            return new PromotionPolicy(
                    model,
                    revision,
                    approvals,
                    separationOfDuties,
                    expiryMillis,
                    inconclusiveMayBeApproved,
                    gatesJson,
                    restoreAlias,
                    rollbackApprovals,
                    changeWindows,
                    origin);
        }
    }
}
