package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateEvaluator;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvidenceHash;
import io.jenkins.plugins.mlops.registry.lineage.PromotionEvidence;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Puts a version forward when a person asks on a page, long after its build has ended. */
final class Requests {
    private static final Logger LOGGER = Logger.getLogger(Requests.class.getName());

    private Requests() {}

    /** Judges the version by the model's policy and asks for the alias. */
    static Promotion request(ModelVersion version, String alias, String person, String reason) {
        PromotionPolicy policy = MlopsPage.registry().policy(version.model());
        List<GateRule> rules = GateRuleText.parse(policy.gatesJson());
        EvaluationReport evaluation = evaluation(version);
        GateReport gates =
                GateEvaluator.check(rules, PromotionEvidence.gateInput(evaluation, rules, version.model(), alias));
        return MlopsPage.registry()
                .requestPromotion(new PromotionRequest(
                        Decisions.operationKey("request"),
                        version.model(),
                        version.number(),
                        alias,
                        person,
                        version.digest(),
                        policy.revision(),
                        gates.verdict(),
                        EvidenceHash.of(EvidenceHash.text(new EvaluationDocument(evaluation, gates))),
                        Json.write(gates),
                        null,
                        reason));
    }

    /** The newest evaluation that the registry has of a version; null if there is none that can be read. */
    @CheckForNull
    static EvaluationReport evaluation(ModelVersion version) {
        for (EvaluationRecord known : MlopsPage.registry().evaluations(version.model(), version.number())) {
            EvaluationDocument document = document(known);
            if (document != null) {
                return document.report();
            }
        }
        return null;
    }

    /** What an evaluation's record holds; null if it was written by something else. */
    @CheckForNull
    static EvaluationDocument document(EvaluationRecord known) {
        try {
            EvaluationDocument document = Json.read(known.json(), EvaluationDocument.class);
            return document.report() == null ? null : document;
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "The evaluation " + known.operationKey() + " can't be read");
            return null;
        }
    }
}
