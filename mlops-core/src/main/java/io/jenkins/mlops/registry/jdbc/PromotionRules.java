package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Quorum;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What may happen to a promotion, step by step, inside one transaction with the ledger. */
final class PromotionRules {
    private static final String NO_EVIDENCE = "sha256:" + Ledger.sha256("");

    private final Transaction tx;
    private final long now;

    PromotionRules(Transaction tx, long now) throws SQLException {
        this.tx = tx;
        this.now = now;
        // Everything that is read from here on stays true until the commit.
        tx.lockHead();
    }

    Promotion request(PromotionRequest request) throws SQLException {
        Optional<Promotion> before =
                ofOperation(request.operationKey(), request.model(), request.version(), request.alias());
        if (before.isPresent()) {
            return before.get();
        }
        ModelVersion version = DecisionChecks.promotable(tx, request.model(), request.version());
        if (!version.digest().equals(request.versionDigest())) {
            throw new RegistryException.Conflict("The evidence is about the digest " + request.versionDigest()
                    + ", but version " + version.number() + " of '" + version.model() + "' has " + version.digest()
                    + "; evaluate this version and ask again");
        }
        PromotionPolicy policy =
                PromotionRows.policy(tx, request.model()).withMoreApprovals(request.additionalApprovals());
        if (policy.revision() != request.policyRevision()) {
            throw new RegistryException.Conflict("The gates were evaluated under revision " + request.policyRevision()
                    + " of the promotion policy, in force is revision " + policy.revision()
                    + "; evaluate the gates again and ask again");
        }
        Promotion promotion = begin(
                request.operationKey(),
                PromotionKind.PROMOTION,
                version,
                request.alias(),
                request.requestedBy(),
                request.verdict(),
                request.evidenceHash(),
                request.gateReportJson(),
                policy,
                request.reason(),
                request.build());
        if (request.verdict() == Verdict.FAIL) {
            return move(promotion, PromotionState.REJECTED, "system", "The gates failed");
        }
        if (request.verdict() == Verdict.INCONCLUSIVE && !policy.inconclusiveMayBeApproved()) {
            return move(
                    promotion,
                    PromotionState.REJECTED,
                    "system",
                    "The gates came to no verdict, and the policy lets nobody approve that");
        }
        if (Quorum.rules(policy, request.verdict()).isEmpty()) {
            return apply(
                    move(promotion, PromotionState.APPROVED, "system", "By policy, no approval is needed"),
                    request.requestedBy());
        }
        return move(promotion, PromotionState.AWAITING_APPROVAL, "system", request.reason());
    }

    Promotion override(String operationKey, String model, int number, String alias, String actor, String reason)
            throws SQLException {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("An override needs a reason; it stays in the ledger");
        }
        Optional<Promotion> before = ofOperation(operationKey, model, number, alias);
        if (before.isPresent()) {
            return before.get();
        }
        Promotion promotion = begin(
                operationKey,
                PromotionKind.OVERRIDE,
                DecisionChecks.promotable(tx, model, number),
                alias,
                actor,
                Verdict.INCONCLUSIVE,
                NO_EVIDENCE,
                null,
                PromotionRows.policy(tx, model),
                reason,
                null);
        return apply(move(promotion, PromotionState.APPROVED, actor, "Overridden by " + actor + ": " + reason), actor);
    }

    Promotion rollback(String operationKey, String model, String alias, int toVersion, String actor, String reason)
            throws SQLException {
        Optional<Promotion> before = ofOperation(operationKey, model, toVersion, alias);
        if (before.isPresent()) {
            return before.get();
        }
        long modelId = ModelRows.require(tx, model).id();
        int current = PromotionRows.aliasTarget(tx, modelId, alias);
        for (AliasChange change : PromotionRows.history(tx, model, alias)) {
            int candidate = change.version();
            if (candidate == 0 || candidate == current || (toVersion != 0 && candidate != toVersion)) {
                continue;
            }
            List<ModelVersion> versions =
                    VersionRows.list(tx, "WHERE v.model_id = ? AND v.number = ?", modelId, candidate);
            Optional<Promotion> valid = versions.isEmpty()
                    ? Optional.empty()
                    : PromotionRows.valid(tx, model, candidate, versions.get(0).digest(), alias);
            if (valid.isPresent()) {
                Promotion good = valid.get();
                Promotion promotion = begin(
                        operationKey,
                        PromotionKind.ROLLBACK,
                        versions.get(0),
                        alias,
                        actor,
                        good.verdict(),
                        good.evidenceHash(),
                        good.gateReportJson(),
                        good.policy(),
                        reason,
                        null);
                return apply(
                        move(
                                promotion,
                                PromotionState.APPROVED,
                                actor,
                                "Rolled back by " + actor + " to the promotion " + good.id()
                                        + (reason.isBlank() ? "" : ": " + reason)),
                        actor);
            }
        }
        throw new RegistryException.NotFound(
                "No " + (toVersion == 0 ? "earlier version" : "version " + toVersion) + " of '" + model
                        + "' held the alias '" + alias + "' by a valid promotion; there is nothing to roll back to");
    }

    Promotion decide(Decision decision) throws SQLException {
        PromotionRows.Row row = PromotionRows.require(tx, decision.promotionId());
        Promotion promotion = row.promotion();
        DecisionChecks.refuseLate(promotion, decision, now);
        DecisionChecks.refuseBarred(tx, promotion, decision);
        List<String> counted = new ArrayList<>();
        Quorum.rules(promotion.policy(), promotion.verdict())
                .forEach(rule -> rule.approvers().forEach(approver -> {
                    String group = approver.startsWith("group:") ? approver.substring("group:".length()) : approver;
                    if (decision.groups().contains(group)) {
                        counted.add(group);
                    }
                }));
        DecisionRecord record = new DecisionRecord(
                decision.approve(), decision.userId(), new java.util.TreeSet<>(counted), decision.comment(), now);
        tx.update(
                "INSERT INTO mlops_decision (promotion_id, position, approve, user_id, groups_json, comment_text,"
                        + " millis) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                promotion.decisions().size(),
                record.approve(),
                record.userId(),
                Json.write(record.groups()),
                record.comment(),
                now);
        Map<String, Object> payload = payload(promotion);
        payload.put("approve", record.approve());
        payload.put("comment", record.comment());
        payload.put("groups", record.groups());
        tx.ledger("promotion.decided", promotion.model(), decision.userId(), now, payload);
        List<DecisionRecord> all = new ArrayList<>(promotion.decisions());
        all.add(record);
        if (!decision.approve()) {
            return move(
                    promotion,
                    PromotionState.REJECTED,
                    decision.userId(),
                    "Rejected by " + decision.userId()
                            + (decision.comment().isBlank() ? "" : ": " + decision.comment()));
        }
        if (Quorum.missing(Quorum.rules(promotion.policy(), promotion.verdict()), all) == 0) {
            return apply(
                    move(
                            promotion,
                            PromotionState.APPROVED,
                            decision.userId(),
                            "Approved by "
                                    + String.join(
                                            ", ",
                                            all.stream()
                                                    .map(DecisionRecord::userId)
                                                    .toList())),
                    decision.userId());
        }
        tx.update("UPDATE mlops_promotion SET revision = revision + 1 WHERE id = ?", row.id());
        return PromotionRows.require(tx, promotion.id()).promotion();
    }

    Promotion withdraw(String promotionId, String actor, String reason) throws SQLException {
        Promotion promotion = PromotionRows.require(tx, promotionId).promotion();
        if (promotion.state() == PromotionState.WITHDRAWN) {
            return promotion;
        }
        return move(
                promotion,
                PromotionState.WITHDRAWN,
                actor,
                "Withdrawn by " + actor + (reason == null || reason.isBlank() ? "" : ": " + reason));
    }

    Promotion verify(String promotionId, String actor, String note) throws SQLException {
        Promotion promotion = PromotionRows.require(tx, promotionId).promotion();
        if (promotion.state() == PromotionState.VERIFIED) {
            return promotion;
        }
        return move(
                promotion, PromotionState.VERIFIED, actor, note == null || note.isBlank() ? "Seen to be well" : note);
    }

    List<Promotion> expire(long nowMillis) throws SQLException {
        List<Promotion> expired = new ArrayList<>();
        for (Promotion promotion : PromotionRows.list(
                tx,
                "WHERE p.state IN ('REQUESTED', 'AWAITING_APPROVAL') AND p.expires_millis <= ? ORDER BY p.id",
                nowMillis)) {
            expired.add(move(promotion, PromotionState.EXPIRED, "system", "Nobody decided in time"));
        }
        return expired;
    }

    boolean removeAlias(String model, String alias, String actor) throws SQLException {
        long modelId = ModelRows.require(tx, model).id();
        int previous = PromotionRows.aliasTarget(tx, modelId, alias);
        if (previous == 0) {
            return false;
        }
        PromotionRows.moveAlias(tx, modelId, new AliasChange(model, alias, 0, previous, null, actor, now));
        tx.ledger("alias.removed", model, actor, now, Map.of("alias", alias, "previous", previous));
        return true;
    }

    private Optional<Promotion> ofOperation(String operationKey, String model, int number, String alias)
            throws SQLException {
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

    private Promotion begin(
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
                build);
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
    private Promotion move(Promotion promotion, PromotionState to, String actor, String reason) throws SQLException {
        if (!promotion.state().next().contains(to)) {
            throw new RegistryException.Conflict("The promotion " + promotion.id() + " is " + promotion.state()
                    + (promotion.reason().isBlank() ? "" : " (" + promotion.reason() + ")")
                    + " and can't become " + to);
        }
        tx.update(
                "UPDATE mlops_promotion SET state = ?, revision = revision + 1, reason = ? WHERE promotion_id = ?",
                to,
                reason,
                promotion.id());
        Map<String, Object> payload = payload(promotion);
        payload.put("from", promotion.state());
        payload.put("reason", reason);
        String state = to.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        tx.ledger("promotion." + state, promotion.model(), actor, now, payload);
        return PromotionRows.require(tx, promotion.id()).promotion();
    }

    /** Moves the alias for an approved promotion and ends the ones that it overtakes. */
    private Promotion apply(Promotion promotion, String actor) throws SQLException {
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
        Promotion applied = move(promotion, PromotionState.APPLIED, actor, promotion.reason());
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

    private static Map<String, Object> payload(Promotion promotion) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("promotion", promotion.id());
        payload.put("version", promotion.version());
        payload.put("alias", promotion.alias());
        payload.put("digest", promotion.versionDigest());
        return payload;
    }
}
