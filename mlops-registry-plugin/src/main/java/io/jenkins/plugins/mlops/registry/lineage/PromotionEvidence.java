package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateInput;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.List;

/** Finds what gates are to judge when a version is put forward: the evaluation that it was registered with. */
public final class PromotionEvidence {
    private PromotionEvidence() {}

    /**
     * The evaluation of a version, from the record of the build that registered it.
     *
     * @return null if it was registered without one
     * @throws AbortException if that build is gone
     */
    @CheckForNull
    public static EvaluationReport evaluationOf(ModelVersion version) throws IOException {
        Run<?, ?> build = ArchivedModel.build(version);
        LineageAction lineage = build.getAction(LineageAction.class);
        if (lineage == null) {
            return null;
        }
        String evaluationId = lineage.getVersions().stream()
                .filter(fact -> fact.getModel().equals(version.model()) && fact.getNumber() == version.number())
                .map(VersionFact::getEvaluationId)
                .findFirst()
                .orElse("");
        for (EvaluationFact fact : lineage.getEvaluations()) {
            if (fact.getId().equals(evaluationId)) {
                EvaluationDocument document = lineage.document(fact);
                return document == null ? null : document.report();
            }
        }
        return null;
    }

    /** What the gates are given: the evaluation, its comparison with the alias' holder, and which aliases are vacant. */
    public static GateInput gateInput(
            @CheckForNull EvaluationReport evaluation, List<GateRule> rules, String model, String alias) {
        GateInput input = GateInput.of(evaluation);
        if (evaluation != null && evaluation.comparison() != null) {
            input = input.comparedWith(alias, evaluation.comparison());
        }
        for (GateRule rule : rules) {
            if (rule instanceof NoWorseThan gate
                    && !input.comparisons().containsKey(gate.alias())
                    && RegistryConnection.get()
                            .registry()
                            .byAlias(model, gate.alias())
                            .isEmpty()) {
                input = input.withVacant(gate.alias());
            }
        }
        return input;
    }
}
