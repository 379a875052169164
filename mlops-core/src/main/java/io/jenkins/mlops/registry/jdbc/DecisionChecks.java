package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionStatus;
import java.sql.SQLException;

/** Why a decision is refused: it comes too late, is about something else, or the person may not take it. */
final class DecisionChecks {
    private DecisionChecks() {}

    static void refuseLate(Promotion promotion, Decision decision, long now) {
        boolean stopped = promotion.state() == PromotionState.APPROVED && !decision.approve();
        if (promotion.state() != PromotionState.AWAITING_APPROVAL && !stopped) {
            throw new RegistryException.Conflict("The promotion " + promotion.id() + " is " + promotion.state()
                    + " already" + (promotion.reason().isBlank() ? "" : " (" + promotion.reason() + ")")
                    + "; nothing is left to decide");
        }
        if (promotion.expiresMillis() <= now) {
            throw new RegistryException.Conflict(
                    "The promotion " + promotion.id() + " ran out of time before this decision; ask for a new one");
        }
        if (decision.expectedRevision() != 0 && decision.expectedRevision() != promotion.revision()) {
            throw new RegistryException.Conflict("The promotion " + promotion.id() + " has changed since it was shown"
                    + " (revision " + decision.expectedRevision() + ", now " + promotion.revision()
                    + "); look at it again");
        }
        if (!decision.boundDigest().equals(promotion.versionDigest())) {
            throw new RegistryException.Conflict("The decision is about the digest " + decision.boundDigest()
                    + ", the promotion is about " + promotion.versionDigest());
        }
        if (!decision.evidenceHash().equals(promotion.evidenceHash())) {
            throw new RegistryException.Conflict("The decision is about the evidence " + decision.evidenceHash()
                    + ", the promotion rests on " + promotion.evidenceHash());
        }
        if (promotion.decisions().stream().anyMatch(made -> made.userId().equalsIgnoreCase(decision.userId()))) {
            throw new RegistryException.Conflict(
                    decision.userId() + " has decided on the promotion " + promotion.id() + " already");
        }
    }

    static void refuseBarred(Transaction tx, Promotion promotion, Decision decision) throws SQLException {
        if (!promotion.approvals().isEmpty() && !promotion.approvals().admits(decision.userId(), decision.groups())) {
            throw new RegistryException.Forbidden(decision.userId() + " is none of the approvers of '"
                    + promotion.model() + "': " + promotion.approvals().text());
        }
        if (!decision.approve() || !promotion.policy().separationOfDuties()) {
            return;
        }
        ModelVersion version = promotable(tx, promotion.model(), promotion.version());
        String user = decision.userId();
        boolean madeIt = version.authors().stream().anyMatch(user::equalsIgnoreCase)
                || user.equalsIgnoreCase(version.createdBy());
        if (madeIt || user.equalsIgnoreCase(promotion.requestedBy())) {
            throw new RegistryException.Forbidden(user + (madeIt ? " made version " : " asked for version ")
                    + version.number() + " of '" + version.model()
                    + "' and can't approve it: the policy separates duties; somebody else has to");
        }
    }

    /** A version that an alias may be moved to. */
    static ModelVersion promotable(Transaction tx, String model, int number) throws SQLException {
        ModelVersion version = VersionRows.require(tx, model, number);
        if (version.status() != VersionStatus.READY) {
            throw new RegistryException.Conflict("Version " + number + " of '" + model + "' is " + version.status()
                    + ", only a READY one can be promoted");
        }
        return version;
    }
}
