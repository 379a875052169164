package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateEvaluator;
import io.jenkins.mlops.gate.GateReport;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvidenceHash;
import io.jenkins.plugins.mlops.registry.lineage.PromotionEvidence;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;

/** Moving an alias over MLflow's API: a promotion is asked for, and its policy decides. */
final class AliasRequests {
    private static final int RECENT = 100;

    private AliasRequests() {}

    /** The promotion that is open for this already, or a new one. */
    static Promotion ask(ModelVersion version, String alias, String user, @CheckForNull BuildRef build) {
        ModelRegistry registry = RegistryConnection.get().registry();
        return registry.promotionsOf(version.model(), Page.Request.first(RECENT)).items().stream()
                .filter(open -> open.state().isOpen()
                        && open.version() == version.number()
                        && open.alias().equals(alias))
                .findFirst()
                .orElseGet(() -> request(registry, version, alias, user, build));
    }

    private static Promotion request(
            ModelRegistry registry, ModelVersion version, String alias, String user, @CheckForNull BuildRef build) {
        PromotionPolicy policy = registry.policy(version.model());
        List<GateRule> rules = GateRuleText.parse(policy.gatesJson());
        EvaluationReport evaluation = evaluation(version, rules);
        GateReport gates = GateEvaluator.check(
                rules, PromotionEvidence.gateInput(evaluation, rules, version.model(), alias));
        Promotion promotion = registry.requestPromotion(new PromotionRequest(
                "mlflow/" + UUID.randomUUID(),
                version.model(),
                version.number(),
                alias,
                user,
                version.digest(),
                policy.revision(),
                gates.verdict(),
                EvidenceHash.of(EvidenceHash.text(new EvaluationDocument(evaluation, gates))),
                Json.write(gates),
                build,
                "asked for over MLflow's API"));
        PromotionListener.fireChanged(promotion);
        return promotion;
    }

    /** Where no gate asks for evidence, none is looked for: a run from outside has no build that would keep it. */
    @CheckForNull
    private static EvaluationReport evaluation(ModelVersion version, List<GateRule> rules) {
        if (rules.isEmpty()) {
            return null;
        }
        try {
            return PromotionEvidence.evaluationOf(version);
        } catch (IOException x) {
            throw new IllegalArgumentException(
                    "The policy of '" + version.model() + "' has gates, and there is no evidence to judge version "
                            + version.number() + " by: " + x.getMessage(),
                    x);
        }
    }

    static String decidedAt(Promotion promotion) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + "mlops/promotions/" + promotion.id();
    }

    /** Whether a model's policy moves aliases without people and without evidence. */
    static boolean isFree(String model) {
        PromotionPolicy policy = RegistryConnection.get().registry().policy(model);
        return policy.approvals().isEmpty() && GateRuleText.parse(policy.gatesJson()).isEmpty();
    }
}
