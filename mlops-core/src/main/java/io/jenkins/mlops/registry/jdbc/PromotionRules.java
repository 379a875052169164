package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.approval.ApprovalExpression;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people may do with promotions, inside one transaction with the ledger. */
final class PromotionRules {
    private static final String NO_EVIDENCE = "sha256:" + Ledger.sha256("");

    private final Transaction tx;
    private final long now;
    private final PromotionSteps steps;

    /** @param appliesLater whether what is approved waits for somebody to apply it */
    PromotionRules(Transaction tx, long now, boolean appliesLater) throws SQLException {
        this.tx = tx;
        this.now = now;
        this.steps = new PromotionSteps(tx, now, appliesLater);
    }

    Promotion request(PromotionRequest request) throws SQLException {
        Optional<Promotion> before =
                steps.ofOperation(request.operationKey(), request.model(), request.version(), request.alias());
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
        refuseOtherHolder(request);
        Promotion promotion = steps.begin(
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
            return steps.move(promotion, PromotionState.REJECTED, "system", "The gates failed");
        }
        if (request.verdict() == Verdict.INCONCLUSIVE && !policy.inconclusiveMayBeApproved()) {
            return steps.move(
                    promotion,
                    PromotionState.REJECTED,
                    "system",
                    "The gates came to no verdict, and the policy lets nobody approve that");
        }
        if (promotion.approvals().isEmpty()) {
            return steps.approved(promotion, "system", request.requestedBy(), "By policy, no approval is needed");
        }
        return steps.await(promotion, version);
    }

    /** What was compared with one champion says nothing about the next. */
    private void refuseOtherHolder(PromotionRequest request) throws SQLException {
        long modelId = ModelRows.require(tx, request.model()).id();
        int holder = PromotionRows.aliasTarget(tx, modelId, request.alias());
        if (request.holderVersion() != PromotionRequest.ANY_HOLDER && request.holderVersion() != holder) {
            throw new RegistryException.Conflict("The gates were judged when "
                    + (request.holderVersion() == 0 ? "nobody" : "version " + request.holderVersion())
                    + " held the alias '" + request.alias() + "' of '" + request.model() + "', by now "
                    + (holder == 0 ? "nobody does" : "version " + holder + " does") + "; evaluate again and ask again");
        }
    }

    Promotion override(String operationKey, String model, int number, String alias, String actor, String reason)
            throws SQLException {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("An override needs a reason; it stays in the ledger");
        }
        Optional<Promotion> before = steps.ofOperation(operationKey, model, number, alias);
        if (before.isPresent()) {
            return before.get();
        }
        Promotion promotion = steps.begin(
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
        Map<String, Object> payload = PromotionSteps.payload(promotion);
        payload.put("reason", reason);
        payload.put("approvals", promotion.policy().approvals());
        payload.put("windowOpen", promotion.policy().windows().isOpen(now));
        payload.put("gatesJson", "sha256:" + Ledger.sha256(promotion.policy().gatesJson()));
        tx.ledger("policy.bypassed", promotion.model(), actor, now, payload);
        return steps.approved(promotion, actor, actor, "Overridden by " + actor + ": " + reason);
    }

    Promotion rollback(String operationKey, String model, String alias, int toVersion, String actor, String reason)
            throws SQLException {
        Optional<Promotion> before = steps.ofOperation(operationKey, model, toVersion, alias);
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
                Promotion promotion = steps.begin(
                        operationKey,
                        PromotionKind.ROLLBACK,
                        versions.get(0),
                        alias,
                        actor,
                        good.verdict(),
                        good.evidenceHash(),
                        good.gateReportJson(),
                        PromotionRows.policy(tx, model),
                        reason,
                        null);
                String why = "Rolled back by " + actor + " to the promotion " + good.id()
                        + (reason.isBlank() ? "" : ": " + reason);
                return promotion.approvals().isEmpty()
                        ? steps.approved(promotion, actor, actor, why)
                        : steps.await(promotion, versions.get(0));
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
        ApprovalExpression approvals = promotion.approvals();
        DecisionRecord record = new DecisionRecord(
                decision.approve(), decision.userId(), approvals.named(decision.groups()), decision.comment(), now);
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
        Map<String, Object> payload = PromotionSteps.payload(promotion);
        payload.put("approve", record.approve());
        payload.put("comment", record.comment());
        payload.put("groups", record.groups());
        tx.ledger("promotion.decided", promotion.model(), decision.userId(), now, payload);
        List<DecisionRecord> all = new ArrayList<>(promotion.decisions());
        all.add(record);
        if (!decision.approve()) {
            return steps.move(
                    promotion,
                    PromotionState.REJECTED,
                    decision.userId(),
                    "Rejected by " + decision.userId()
                            + (decision.comment().isBlank() ? "" : ": " + decision.comment()));
        }
        if (approvals.missing(all) == 0) {
            String people =
                    String.join(", ", all.stream().map(DecisionRecord::userId).toList());
            return steps.approved(promotion, decision.userId(), decision.userId(), "Approved by " + people);
        }
        tx.update("UPDATE mlops_promotion SET revision = revision + 1 WHERE id = ?", row.id());
        return PromotionRows.require(tx, promotion.id()).promotion();
    }

    Promotion withdraw(String promotionId, String actor, String reason) throws SQLException {
        Promotion promotion = PromotionRows.require(tx, promotionId).promotion();
        if (promotion.state() == PromotionState.WITHDRAWN) {
            return promotion;
        }
        return steps.move(
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
        return steps.move(
                promotion, PromotionState.VERIFIED, actor, note == null || note.isBlank() ? "Seen to be well" : note);
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
}
