package io.jenkins.plugins.mlops.registry.promotion;

import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateEvaluator;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.Quorum;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.approval.ApprovalReach;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvidenceHash;
import io.jenkins.plugins.mlops.registry.lineage.PromotionEvidence;
import io.jenkins.plugins.mlops.registry.policy.JenkinsPeople;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Where promotions are asked for and decided, by whatever door: a step, a page, REST, a command.
 *
 * <p>What a person does here is done as the present user, and needs that user's permission. Archived files are read and
 * compared with their digests before an alias moves: small ones while the caller waits, so never on a thread that may
 * not; large ones in the background for people ({@link FileChecks}), and the promotion stays APPROVED meanwhile.
 * Listeners hear of every change.
 */
public final class PromotionDesk {
    private static final Logger LOGGER = Logger.getLogger(PromotionDesk.class.getName());

    private PromotionDesk() {}

    /**
     * Judges a version by its model's policy and asks for its promotion. The caller has checked the permission, and
     * can wait until the files are read.
     *
     * @param report is given what the gates said, before anything is asked
     * @throws RegistryException.Conflict when the version's files have changed, or the registry refuses
     * @throws IOException when the evidence can't be read
     */
    public static Promotion request(PromotionAsk ask, Consumer<GateReport> report) throws IOException {
        return request(ask, report, false);
    }

    /** @param mayCheckLater whether large files are read in the background, after the request */
    private static Promotion request(PromotionAsk ask, Consumer<GateReport> report, boolean mayCheckLater)
            throws IOException {
        ModelRegistry registry = registry();
        ModelVersion version = registry.version(ask.model(), ask.version());
        PromotionPolicy policy = registry.policy(ask.model());
        List<GateRule> rules = new ArrayList<>(GateRuleText.parse(policy.gatesJson()));
        rules.addAll(ask.gates());
        int holder = registry.byAlias(ask.model(), ask.alias())
                .map(ModelVersion::number)
                .orElse(0);
        EvaluationReport evaluation =
                rules.isEmpty() ? evaluationIfThere(version) : PromotionEvidence.evaluationOf(version);
        GateReport gates =
                GateEvaluator.check(rules, PromotionEvidence.gateInput(evaluation, rules, version, ask.alias()));
        report.accept(gates);
        boolean later = mayCheckLater && FileChecks.takesLong(version);
        if (!later) {
            refuseChanged(version);
        }
        Promotion promotion = (later ? registry.applyingLater() : registry)
                .requestPromotion(new PromotionRequest(
                        ask.operationKey(),
                        ask.model(),
                        version.number(),
                        ask.alias(),
                        ask.requestedBy(),
                        version.digest(),
                        policy.revision(),
                        gates.verdict(),
                        EvidenceHash.of(EvidenceHash.text(new EvaluationDocument(evaluation, gates))),
                        Json.write(gates),
                        ask.build(),
                        ask.reason(),
                        ask.approvals(),
                        holder));
        Promotion asked = told(voidedIfHopeless(promotion, version));
        return later ? checkedLater(asked) : asked;
    }

    /** Asks for a promotion as the present user, who needs Models/RequestPromotion and must see the version. */
    public static Promotion request(String model, int version, String alias, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        if (!Visibility.of(registry().version(model, version))) {
            throw new RegistryException.NotFound(
                    "There is no version " + version + " of model '" + model + "' that you may see.");
        }
        return request(
                new PromotionAsk(
                        key("request"), model, version, alias, PresentPerson.id(), null, reason, List.of(), List.of()),
                gates -> {},
                true);
    }

    /** Nobody asks for evidence where no gate does: a version whose build is gone can still be promoted. */
    private static EvaluationReport evaluationIfThere(ModelVersion version) {
        try {
            return PromotionEvidence.evaluationOf(version);
        } catch (IOException x) {
            LOGGER.log(Level.FINE, x, () -> "no evaluation of " + version.model() + " " + version.number());
            return null;
        }
    }

    /** Ends a promotion that nobody who may approve it exists for, as far as Jenkins knows its users and groups. */
    private static Promotion voidedIfHopeless(Promotion promotion, ModelVersion version) {
        if (promotion.state() != PromotionState.AWAITING_APPROVAL) {
            return promotion;
        }
        Set<String> barred = Quorum.barred(promotion, version);
        // Only what separation of duties makes impossible is certain: realms don't always know all their groups.
        boolean people = new ApprovalReach(JenkinsPeople.INSTANCE, Set.of())
                .unmeetable(promotion.approvals())
                .isEmpty();
        Optional<String> hopeless = new ApprovalReach(JenkinsPeople.INSTANCE, barred).unmeetable(promotion.approvals());
        return !people || hopeless.isEmpty()
                ? promotion
                : registry().invalidate(promotion.id(), "Not enough people may approve it: " + hopeless.get());
    }

    /**
     * Takes the present user's decision down; needs Models/Approve.
     *
     * @param comment why; may be empty
     * @param revision the revision that the person saw; 0 accepts any that can still be decided
     * @throws RegistryException.Conflict when it comes too late, or the version's files have changed: then the
     *     promotion is void
     */
    public static Promotion decide(String promotionId, boolean approve, String comment, int revision)
            throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        String person = PresentPerson.id();
        Promotion seen = registry().promotion(promotionId);
        return decide(seen, approve, person, comment, revision);
    }

    /**
     * As {@link #decide(String, boolean, String, int)}, bound to what a page showed: its digest and its evidence, too.
     *
     * @param seen the promotion as the person saw it
     */
    public static Promotion decide(Promotion seen, boolean approve, String comment) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return decide(seen, approve, PresentPerson.id(), comment, seen.revision());
    }

    private static Promotion decide(Promotion seen, boolean approve, String person, String comment, int revision)
            throws IOException {
        boolean later = approve && FileChecks.takesLong(registry().version(seen.model(), seen.version()));
        if (approve && seen.state() == PromotionState.AWAITING_APPROVAL) {
            if (!later) {
                refuseChanged(seen);
            }
            Promotion present = registry().promotion(seen.id());
            refuseVoid(present, goneApprover(present));
        }
        Promotion decided = told((later ? registry().applyingLater() : registry())
                .decide(new Decision(
                        seen.id(),
                        approve,
                        person,
                        PresentPerson.groups(),
                        comment,
                        revision,
                        seen.versionDigest(),
                        seen.evidenceHash())));
        return later ? checkedLater(decided) : decided;
    }

    /**
     * Takes an open promotion back, as the present user; needs Models/RequestPromotion.
     *
     * @throws RegistryException.Forbidden when somebody else asked for it, and the user could not reject it either
     */
    public static Promotion withdraw(String promotionId, String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        String person = PresentPerson.id();
        Promotion promotion = registry().promotion(promotionId);
        if (!PresentPerson.mayWithdraw(promotion)) {
            throw new RegistryException.Forbidden(promotion.requestedBy() + " asked for this promotion: only "
                    + promotion.requestedBy() + ", somebody who may decide on it, or an administrator takes it back.");
        }
        return withdraw(promotionId, person, reason);
    }

    /** Takes an open promotion back for somebody; the caller has checked the permission. */
    public static Promotion withdraw(String promotionId, String actor, String reason) {
        return told(registry().withdraw(promotionId, actor, reason));
    }

    /**
     * Gives an alias back to a version that held it, as the present user; needs Models/Approve.
     *
     * @param toVersion the version to go back to; 0 for the one before the present
     */
    public static Promotion rollback(String model, String alias, int toVersion, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return rollback(key("rollback"), model, alias, toVersion, PresentPerson.id(), reason, true);
    }

    /**
     * As {@link #rollback(String, String, int, String)}, for somebody; the caller has checked the permission, and can
     * wait until the files are read.
     *
     * @param operationKey asking again with the same key answers with the promotion that the first time made
     */
    public static Promotion rollback(
            String operationKey, String model, String alias, int toVersion, String actor, String reason)
            throws IOException {
        return rollback(operationKey, model, alias, toVersion, actor, reason, false);
    }

    private static Promotion rollback(
            String operationKey,
            String model,
            String alias,
            int toVersion,
            String actor,
            String reason,
            boolean mayCheckLater)
            throws IOException {
        // The registry knows which version was the last good one; its files are compared then.
        Promotion asked = registry().applyingLater().rollback(operationKey, model, alias, toVersion, actor, reason);
        return checked(asked, mayCheckLater);
    }

    /** Moves an alias past gates, approvals and windows, as the present user; needs Models/Override and a reason. */
    public static Promotion override(String model, int version, String alias, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.OVERRIDE);
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("expected a reason, found none; it is kept in the ledger");
        }
        Promotion promotion = checked(
                registry()
                        .applyingLater()
                        .override(key("override"), model, version, alias, PresentPerson.id(), reason.trim()),
                true);
        LOGGER.log(
                Level.WARNING,
                "{0} moved the alias {1} of {2} to version {3} past its promotion policy: {4}",
                new Object[] {promotion.requestedBy(), alias, model, version, reason.trim()});
        return promotion;
    }

    /**
     * What time brings: ends promotions that ran out of it, applies those whose change window is open, and reads back
     * whether aliases point where they were moved to.
     *
     * @return the promotions that changed
     */
    public static List<Promotion> carryOn(long nowMillis) {
        List<Promotion> changed = new ArrayList<>(registry().expire(nowMillis));
        for (Promotion due : registry().due(nowMillis)) {
            try {
                changed.add(appliedOrVoid(due));
            } catch (RegistryException.Conflict x) {
                LOGGER.log(Level.FINE, x, () -> "promotion " + due.id() + " was decided meanwhile");
            } catch (RegistryException.NotFound | IOException x) {
                LOGGER.log(Level.WARNING, x, () -> "promotion " + due.id() + " can't be applied yet");
            }
        }
        changed.addAll(registry().confirmApplied());
        changed.forEach(PromotionDesk::told);
        return changed;
    }

    /** Compares the files of an open promotion; voids it where they differ, applies it where it is due. */
    static void checkFiles(String promotionId) throws IOException {
        Promotion promotion = registry().promotion(promotionId);
        if (!promotion.state().isOpen()) {
            return;
        }
        try {
            if (promotion.isBeingChecked()) {
                told(appliedOrVoid(promotion));
            } else {
                refuseChanged(promotion);
            }
        } catch (RegistryException.Conflict x) {
            LOGGER.log(Level.FINE, x, () -> "promotion " + promotionId + " is void, or was decided meanwhile");
        }
    }

    private static Promotion checkedLater(Promotion promotion) {
        if (promotion.state().isOpen()) {
            FileChecks.get().start(promotion);
        }
        return promotion;
    }

    /** Goes on with a promotion that may only wait for a look at its files. */
    private static Promotion checked(Promotion promotion, boolean mayCheckLater) throws IOException {
        if (!promotion.isBeingChecked()) {
            return told(promotion);
        }
        if (mayCheckLater && FileChecks.takesLong(registry().version(promotion.model(), promotion.version()))) {
            return checkedLater(told(promotion));
        }
        Promotion ended = told(appliedOrVoid(promotion));
        if (ended.state() == PromotionState.REJECTED) {
            throw new RegistryException.Conflict(ended.reason() + "; the alias stays where it is");
        }
        return ended;
    }

    private static Promotion appliedOrVoid(Promotion promotion) throws IOException {
        Optional<String> difference =
                ArchivedFiles.difference(registry().version(promotion.model(), promotion.version()));
        Optional<String> reason = difference.isPresent() ? difference : goneApprover(promotion);
        return reason.isPresent()
                ? registry().invalidate(promotion.id(), reason.get())
                : registry().apply(promotion.id());
    }

    private static void refuseChanged(Promotion promotion) throws IOException {
        refuseVoid(promotion, ArchivedFiles.difference(registry().version(promotion.model(), promotion.version())));
    }

    private static void refuseVoid(Promotion promotion, Optional<String> reason) {
        if (reason.isPresent()) {
            told(registry().invalidate(promotion.id(), reason.get()));
            throw new RegistryException.Conflict(reason.get() + "; the promotion is void");
        }
    }

    /**
     * An approval counts for the person behind it, who answers for it when the alias moves. Of a user who was deleted
     * nobody knows whether it was that person's any more, and the account may have been deleted because it wasn't; so
     * such an approval moves no alias. What has been applied stays.
     */
    private static Optional<String> goneApprover(Promotion promotion) {
        return promotion.decisions().stream()
                .filter(decision -> decision.approve() && JenkinsPeople.INSTANCE.isGone(decision.userId()))
                .map(decision -> "the approval of '" + decision.userId()
                        + "' doesn't count: the security realm knows no such user any more; ask again")
                .findFirst();
    }

    private static void refuseChanged(ModelVersion version) throws IOException {
        Optional<String> difference = ArchivedFiles.difference(version);
        if (difference.isPresent()) {
            throw new RegistryException.Conflict(difference.get() + "; register the model again");
        }
    }

    private static Promotion told(Promotion promotion) {
        PromotionListener.fireChanged(promotion);
        return promotion;
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private static String key(String what) {
        return what + "/" + UUID.randomUUID();
    }
}
