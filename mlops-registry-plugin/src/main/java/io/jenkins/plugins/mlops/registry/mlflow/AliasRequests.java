package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.gates.GateRuleText;
import io.jenkins.plugins.mlops.registry.promotion.PromotionAsk;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
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
                .orElseGet(() -> request(version, alias, user, build));
    }

    private static Promotion request(ModelVersion version, String alias, String user, @CheckForNull BuildRef build) {
        try {
            return PromotionDesk.request(
                    new PromotionAsk(
                            "mlflow/" + UUID.randomUUID(),
                            version.model(),
                            version.number(),
                            alias,
                            user,
                            build,
                            "asked for over MLflow's API",
                            List.of(),
                            List.of()),
                    gates -> {});
        } catch (IOException x) {
            throw new IllegalArgumentException(
                    "The policy of '" + version.model() + "' asks for evidence, and there is none to judge version "
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
        return policy.approvals().isEmpty()
                && GateRuleText.parse(policy.gatesJson()).isEmpty();
    }
}
