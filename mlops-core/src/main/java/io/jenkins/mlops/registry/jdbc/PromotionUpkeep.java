package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What time, deletions and a look at the aliases do to promotions, inside one transaction with the ledger. */
final class PromotionUpkeep {
    private final Transaction tx;
    private final long now;
    private final PromotionSteps steps;

    PromotionUpkeep(Transaction tx, long now) throws SQLException {
        this.tx = tx;
        this.now = now;
        this.steps = new PromotionSteps(tx, now, false);
    }

    List<Promotion> expire(long nowMillis) throws SQLException {
        List<Promotion> expired = new ArrayList<>();
        for (Promotion promotion : PromotionRows.list(
                tx,
                "WHERE p.state IN ('REQUESTED', 'AWAITING_APPROVAL', 'APPROVED') AND p.expires_millis <= ? ORDER BY p.id",
                nowMillis)) {
            expired.add(steps.move(
                    promotion,
                    PromotionState.EXPIRED,
                    "system",
                    promotion.state() != PromotionState.APPROVED
                            ? "Nobody decided in time"
                            : promotion.isBeingChecked()
                                    ? "It was approved, but its files were not checked in time"
                                    : "It was approved, but no change window opened in time"));
        }
        return expired;
    }

    Promotion applyApproved(String promotionId) throws SQLException {
        Promotion promotion = PromotionRows.require(tx, promotionId).promotion();
        if (promotion.state().isApplied()) {
            return promotion;
        }
        if (promotion.state() != PromotionState.APPROVED) {
            throw new RegistryException.Conflict("The promotion " + promotionId + " is " + promotion.state()
                    + ", only an APPROVED one can be applied");
        }
        if (promotion.expiresMillis() <= now) {
            throw new RegistryException.Conflict(
                    "The promotion " + promotionId + " ran out of time before it was applied; ask for a new one");
        }
        if (!promotion.isWindowOpen(now)) {
            throw new RegistryException.Conflict(
                    "The promotion " + promotionId + " can't be applied now: the change window is closed");
        }
        return steps.apply(promotion, "system");
    }

    Promotion invalidate(String promotionId, String reason) throws SQLException {
        Promotion promotion = PromotionRows.require(tx, promotionId).promotion();
        if (!promotion.state().isOpen()) {
            throw new RegistryException.Conflict(
                    "The promotion " + promotionId + " is " + promotion.state() + " already and can't be voided");
        }
        return steps.move(promotion, PromotionState.REJECTED, "system", reason);
    }

    /** Voids what is still open about a version that goes away. */
    void versionGone(long modelId, int number, String actor) throws SQLException {
        for (Promotion open : PromotionRows.list(
                tx,
                "WHERE p.model_id = ? AND p.number = ? AND p.state IN ('REQUESTED', 'AWAITING_APPROVAL', 'APPROVED')",
                modelId,
                number)) {
            steps.move(open, PromotionState.REJECTED, "system", "Version " + number + " was deleted by " + actor);
        }
    }

    /** Reads back where the aliases of applied promotions point. */
    List<Promotion> confirmApplied(int most) throws SQLException {
        List<Promotion> confirmed = new ArrayList<>();
        for (Promotion promotion : PromotionRows.list(tx, "WHERE p.state = 'APPLIED' ORDER BY p.id LIMIT " + most)) {
            confirmed.add(confirm(promotion));
        }
        return confirmed;
    }

    private Promotion confirm(Promotion promotion) throws SQLException {
        String alias = promotion.alias();
        long modelId = ModelRows.require(tx, promotion.model()).id();
        int found = PromotionRows.aliasTarget(tx, modelId, alias);
        if (found == promotion.version()) {
            return steps.move(
                    promotion,
                    PromotionState.VERIFIED,
                    "system",
                    note(promotion, "read back: '" + alias + "' points at version " + found));
        }
        List<AliasChange> history = PromotionRows.history(tx, promotion.model(), alias);
        boolean newest =
                !history.isEmpty() && promotion.id().equals(history.get(0).promotionId());
        if (!newest) {
            return steps.move(
                    promotion,
                    PromotionState.VERIFIED,
                    "system",
                    note(promotion, "'" + alias + "' has moved on since, by the registry's record"));
        }
        int back = promotion.previousVersion();
        PromotionRows.moveAlias(
                tx, modelId, new AliasChange(promotion.model(), alias, back, found, null, "system", now));
        Map<String, Object> payload = PromotionSteps.payload(promotion);
        payload.put("version", back);
        payload.put("previous", found);
        payload.put("expected", promotion.version());
        tx.ledger(back == 0 ? "alias.removed" : "alias.moved", promotion.model(), "system", now, payload);
        return steps.move(
                promotion,
                PromotionState.REJECTED,
                "system",
                "Its effect was not found: '" + alias + "' pointed at "
                        + (found == 0 ? "nothing" : "version " + found) + " instead of version " + promotion.version()
                        + ", moved past the registry; it was "
                        + (back == 0 ? "removed" : "given back to version " + back));
    }

    private static String note(Promotion promotion, String note) {
        return promotion.reason().isBlank() ? note : promotion.reason() + "; " + note;
    }
}
