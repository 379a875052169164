package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Quorum;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.approval.ApprovalReach;
import io.jenkins.mlops.registry.approval.KnownPeople;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The steps that promotions take, each with its ledger entry, and the one that moves the alias. */
final class PromotionSteps {
    private static final String CHECKED = "; its files are being checked";

    private final Transaction tx;
    private final long now;
    private final boolean appliesLater;

    PromotionSteps(Transaction tx, long now, boolean appliesLater) throws SQLException {
        this.tx = tx;
        this.now = now;
        this.appliesLater = appliesLater;
        // Everything that is read from here on stays true until the commit.
        tx.lockHead();
    }

    /** Leaves a promotion to people, or rejects it where the policy lets none of them approve. */
    Promotion await(Promotion promotion, ModelVersion version) throws SQLException {
        Set<String> barred = Quorum.barred(promotion, version);
        Optional<String> hopeless = new ApprovalReach(KnownPeople.UNKNOWN, barred).unmeetable(promotion.approvals());
        if (hopeless.isPresent()) {
            return move(
                    promotion,
                    PromotionState.REJECTED,
                    "system",
                    "Not enough people may approve it: " + hopeless.get());
        }
        return move(promotion, PromotionState.AWAITING_APPROVAL, "system", promotion.reason());
    }

    /** Everyone needed has agreed: the alias moves now, when its files were checked, or when the change window opens. */
    Promotion approved(Promotion promotion, String approver, String mover, String why) throws SQLException {
        if (promotion.isWindowOpen(now)) {
            return appliesLater
                    ? move(promotion, PromotionState.APPROVED, approver, why + CHECKED)
                    : apply(move(promotion, PromotionState.APPROVED, approver, why), mover);
        }
        OptionalLong opening = promotion.policy().windows().nextOpening(now);
        tx.update(
                "UPDATE mlops_promotion SET apply_millis = ? WHERE promotion_id = ?",
                opening.orElse(0),
                promotion.id());
        String waits = opening.isEmpty()
                ? "no change window opens any more"
                : "the change window opens at "
                        + promotion.policy().windows().display(opening.getAsLong())
                        + (opening.getAsLong() >= promotion.expiresMillis() ? ", after it has expired" : "");
        return move(promotion, PromotionState.APPROVED, approver, why + "; " + waits);
    }

    Optional<Promotion> ofOperation(String operationKey, String model, int number, String alias) throws SQLException {
        Optional<Promotion> found = PromotionRows.list(tx, "WHERE p.operation_key = ?", operationKey).stream()
                .findFirst();
        if (found.isPresent()) {
            Promotion before = found.get();
            if (!before.model().equals(ModelName.check(model))
                    || (number != 0 && before.version() != number)
                    || !before.alias().equals(alias)) {
                throw new RegistryException.Conflict("The operation " + operationKey + " already asked for version "
                        + before.version() + " of '" + before.model() + "' as '" + before.alias()
                        + "'; another request needs another key");
            }
        }
        return found;
    }

    Promotion begin(
            String operationKey,
            PromotionKind kind,
            ModelVersion version,
            String alias,
            String actor,
            Verdict verdict,
            String evidenceHash,
            String gateReportJson,
            PromotionPolicy policy,
            String reason,
            BuildRef build)
            throws SQLException {
        Promotion promotion = new Promotion(
                UUID.randomUUID().toString().replace("-", ""),
                kind,
                version.model(),
                version.number(),
                alias,
                PromotionState.REQUESTED,
                1,
                actor,
                now,
                version.digest(),
                verdict,
                evidenceHash,
                gateReportJson,
                policy,
                List.of(),
                now + policy.expiryMillis(),
                0,
                0,
                reason,
                build,
                0);
        PromotionRows.insert(tx, ModelRows.require(tx, version.model()).id(), operationKey, promotion);
        Map<String, Object> payload = payload(promotion);
        payload.put("kind", kind);
        payload.put("verdict", verdict);
        payload.put("evidence", evidenceHash);
        payload.put("gates", gateReportJson == null ? null : "sha256:" + Ledger.sha256(gateReportJson));
        payload.put("policyRevision", policy.revision());
        payload.put("reason", reason);
        payload.put("build", BuildRef.idOf(build));
        String name = kind == PromotionKind.PROMOTION
                ? "promotion.requested"
                : "promotion." + (kind == PromotionKind.ROLLBACK ? "rollback" : "override");
        tx.ledger(name, promotion.model(), actor, now, payload);
        return promotion;
    }

    /** One step of the state machine, with its ledger entry. */
    Promotion move(Promotion promotion, PromotionState to, String actor, String reason) throws SQLException {
        if (!promotion.state().next().contains(to)) {
            throw new RegistryException.Conflict("The promotion " + promotion.id() + " is " + promotion.state()
                    + (promotion.reason().isBlank() ? "" : " (" + promotion.reason() + ")")
                    + " and can't become " + to);
        }
        String kept = clipped(reason);
        tx.update(
                "UPDATE mlops_promotion SET state = ?, revision = revision + 1, reason = ? WHERE promotion_id = ?",
                to,
                kept,
                promotion.id());
        Map<String, Object> payload = payload(promotion);
        payload.put("from", promotion.state());
        payload.put("reason", kept);
        String state = to.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        tx.ledger("promotion." + state, promotion.model(), actor, now, payload);
        return PromotionRows.require(tx, promotion.id()).promotion();
    }

    /** Moves the alias for an approved promotion and ends the ones that it overtakes. */
    Promotion apply(Promotion promotion, String actor) throws SQLException {
        long modelId = ModelRows.require(tx, promotion.model()).id();
        ModelVersion version = DecisionChecks.promotable(tx, promotion.model(), promotion.version());
        if (!version.digest().equals(promotion.versionDigest())) {
            throw new RegistryException.Conflict("Version " + version.number() + " of '" + version.model()
                    + "' has the digest " + version.digest() + ", approved was " + promotion.versionDigest());
        }
        int previous = PromotionRows.aliasTarget(tx, modelId, promotion.alias());
        if (previous != promotion.version()) {
            PromotionRows.moveAlias(
                    tx,
                    modelId,
                    new AliasChange(
                            promotion.model(),
                            promotion.alias(),
                            promotion.version(),
                            previous,
                            promotion.id(),
                            actor,
                            now));
            Map<String, Object> payload = payload(promotion);
            payload.put("previous", previous);
            tx.ledger("alias.moved", promotion.model(), actor, now, payload);
        }
        tx.update(
                "UPDATE mlops_promotion SET applied_millis = ?, previous_number = ? WHERE promotion_id = ?",
                now,
                previous,
                promotion.id());
        Promotion applied = move(
                promotion, PromotionState.APPLIED, actor, promotion.reason().replace(CHECKED, ""));
        for (Promotion other : PromotionRows.list(
                tx,
                "WHERE p.model_id = ? AND p.alias = ? AND p.state IN ('REQUESTED', 'AWAITING_APPROVAL', 'APPROVED')",
                modelId,
                promotion.alias())) {
            move(
                    other,
                    PromotionState.SUPERSEDED,
                    "system",
                    "Version " + promotion.version() + " took the alias '" + promotion.alias()
                            + "' first; compare with it and ask again");
        }
        return applied;
    }

    static Map<String, Object> payload(Promotion promotion) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("promotion", promotion.id());
        payload.put("version", promotion.version());
        payload.put("alias", promotion.alias());
        payload.put("digest", promotion.versionDigest());
        return payload;
    }

    private static String clipped(String reason) {
        return reason.length() <= Limits.TEXT ? reason : reason.substring(0, Limits.TEXT - 3) + "...";
    }
}
