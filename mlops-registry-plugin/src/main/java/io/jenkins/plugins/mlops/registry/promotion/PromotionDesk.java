package io.jenkins.plugins.mlops.registry.promotion;

import hudson.model.User;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Where promotions are asked for and decided, by whatever door: a step, a page, REST, a command.
 *
 * <p>What a person does here is done as the present user, and needs that user's permission. Archived files are read and
 * compared with their digests before an alias moves, so a call takes as long as that takes; it never runs on a thread
 * that may not wait. Listeners hear of every change.
 */
public final class PromotionDesk {
    private static final Logger LOGGER = Logger.getLogger(PromotionDesk.class.getName());

    private PromotionDesk() {}

    /**
     * Judges a version by its model's policy and asks for its promotion. The caller has checked the permission.
     *
     * @param report is given what the gates said, before anything is asked
     * @throws RegistryException.Conflict when the version's files have changed, or the registry refuses
     * @throws IOException when the evidence can't be read
     */
    public static Promotion request(PromotionAsk ask, Consumer<GateReport> report) throws IOException {
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
        refuseChanged(version);
        Promotion promotion = registry.requestPromotion(new PromotionRequest(
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
        return told(voidedIfHopeless(promotion, version));
    }

    /** Asks for a promotion as the present user, who needs Models/RequestPromotion and must see the version. */
    public static Promotion request(String model, int version, String alias, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        if (!Visibility.of(registry().version(model, version))) {
            throw new RegistryException.NotFound(
                    "There is no version " + version + " of model '" + model + "' that you may see.");
        }
        return request(
                new PromotionAsk(key("request"), model, version, alias, person(), null, reason, List.of(), List.of()),
                gates -> {});
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
        Set<String> barred = new HashSet<>();
        if (promotion.policy().separationOfDuties()) {
            barred.addAll(version.authors());
            barred.add(version.createdBy());
            barred.add(promotion.requestedBy());
        }
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
        String person = person();
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
        return decide(seen, approve, person(), comment, seen.revision());
    }

    private static Promotion decide(Promotion seen, boolean approve, String person, String comment, int revision)
            throws IOException {
        if (approve && seen.state() == PromotionState.AWAITING_APPROVAL) {
            refuseChanged(seen);
        }
        return told(registry()
                .decide(new Decision(
                        seen.id(),
                        approve,
                        person,
                        groups(),
                        comment,
                        revision,
                        seen.versionDigest(),
                        seen.evidenceHash())));
    }

    /** Takes an open promotion back, as the present user; needs Models/RequestPromotion. */
    public static Promotion withdraw(String promotionId, String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return told(registry().withdraw(promotionId, person(), reason));
    }

    /**
     * Gives an alias back to a version that held it, as the present user; needs Models/Approve.
     *
     * @param toVersion the version to go back to; 0 for the one before the present
     */
    public static Promotion rollback(String model, String alias, int toVersion, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        String person = person();
        if (toVersion > 0) {
            refuseChanged(registry().version(model, toVersion));
        }
        return told(registry().rollback(key("rollback"), model, alias, toVersion, person, reason));
    }

    /** Moves an alias past gates, approvals and windows, as the present user; needs Models/Override and a reason. */
    public static Promotion override(String model, int version, String alias, String reason) throws IOException {
        Jenkins.get().checkPermission(MlopsPermissions.OVERRIDE);
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("expected a reason, found none; it is kept in the ledger");
        }
        refuseChanged(registry().version(model, version));
        Promotion promotion =
                told(registry().override(key("override"), model, version, alias, person(), reason.trim()));
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
                Optional<String> difference =
                        ArchivedFiles.difference(registry().version(due.model(), due.version()));
                changed.add(
                        difference.isPresent()
                                ? registry().invalidate(due.id(), difference.get())
                                : registry().apply(due.id()));
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

    private static void refuseChanged(Promotion promotion) throws IOException {
        Optional<String> difference =
                ArchivedFiles.difference(registry().version(promotion.model(), promotion.version()));
        if (difference.isPresent()) {
            told(registry().invalidate(promotion.id(), difference.get()));
            throw new RegistryException.Conflict(difference.get() + "; the promotion is void");
        }
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

    /** Whoever asks or decides is a person: neither the system nor a visitor. */
    private static String person() {
        User user = User.current();
        if (user == null) {
            throw new RegistryException.Forbidden(
                    "Asking for a promotion or deciding on it needs an identified user: log in, or use an API token.");
        }
        return user.getId();
    }

    private static Set<String> groups() {
        return Jenkins.getAuthentication2().getAuthorities().stream()
                .map(authority -> authority.getAuthority())
                .filter(group -> group != null && !group.isBlank())
                .collect(Collectors.toSet());
    }

    private static String key(String what) {
        return what + "/" + UUID.randomUUID();
    }
}
