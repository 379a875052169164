package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.mlops.evaluation.ComparedChampion;
import io.jenkins.mlops.evaluation.Comparison;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.gate.GateInput;
import io.jenkins.mlops.gate.GateRule;
import io.jenkins.mlops.gate.NoWorseThan;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what gates are to judge when a version is put forward: the evaluation that it was registered with. */
public final class PromotionEvidence {
    private PromotionEvidence() {}

    /**
     * The evaluation of a version, from the record of the build that registered it: the one that it was registered with,
     * else the last one of the run that it came from. A version that was registered over MLflow's API without either has
     * the metrics that its run had logged by then.
     *
     * @return null if there is none
     * @throws AbortException if that build is gone
     */
    @CheckForNull
    public static EvaluationReport evaluationOf(ModelVersion version) throws IOException {
        if (version.build() == null) {
            return LoggedMetrics.of(version);
        }
        Run<?, ?> build = ArchivedModel.build(version);
        LineageAction lineage = build.getAction(LineageAction.class);
        EvaluationReport recorded = lineage == null ? null : recorded(lineage, version);
        return recorded == null ? LoggedMetrics.of(version) : recorded;
    }

    @CheckForNull
    private static EvaluationReport recorded(LineageAction lineage, ModelVersion version) throws IOException {
        String evaluationId = lineage.getVersions().stream()
                .filter(fact -> fact.getModel().equals(version.model()) && fact.getNumber() == version.number())
                .map(VersionFact::getEvaluationId)
                .findFirst()
                .orElse("");
        String runId = version.runId();
        EvaluationFact found = null;
        for (EvaluationFact fact : lineage.getEvaluations()) {
            if (fact.getId().equals(evaluationId)) {
                found = fact;
                break;
            }
            if (evaluationId.isEmpty()
                    && LoggedMetrics.isOf(version)
                    && runId != null
                    && runId.equals(fact.getRunId())) {
                found = fact;
            }
        }
        EvaluationDocument document = found == null ? null : lineage.document(found);
        return document == null ? null : document.report();
    }

    /**
     * What the gates are given: the evaluation, its comparison with each alias' holder, and which aliases are vacant.
     *
     * <p>A comparison counts for an alias only while the alias is held by the version that it was made with. An
     * evaluation that does not say which version that was counts unless the alias has moved since the build of the
     * version began.
     */
    public static GateInput gateInput(
            @CheckForNull EvaluationReport evaluation, List<GateRule> rules, ModelVersion version, String alias) {
        ModelRegistry registry = RegistryConnection.get().registry();
        GateInput input = GateInput.of(evaluation);
        Set<String> aliases = new TreeSet<>();
        aliases.add(alias);
        for (GateRule rule : rules) {
            if (rule instanceof NoWorseThan gate) {
                aliases.add(gate.alias());
            }
        }
        Comparison comparison = evaluation == null ? null : evaluation.comparison();
        for (String compared : aliases) {
            Optional<ModelVersion> holder = registry.byAlias(version.model(), compared);
            if (holder.isEmpty()) {
                input = input.withVacant(compared);
            } else if (comparison != null) {
                String moved = moved(registry, comparison, version, compared, holder.get());
                input = moved == null ? input.comparedWith(compared, comparison) : input.withOutdated(compared, moved);
            }
        }
        return input;
    }

    /** Why a comparison is not with the present holder of an alias, or null. */
    @CheckForNull
    private static String moved(
            ModelRegistry registry, Comparison comparison, ModelVersion version, String alias, ModelVersion holder) {
        ComparedChampion champion = comparison.champion();
        if (champion != null) {
            return champion.version() == holder.number() && champion.digest().equals(holder.digest())
                    ? null
                    : "the candidate was compared with version " + champion.version() + ", but '" + alias
                            + "' is held by version " + holder.number()
                            + " now: evaluate again, against its predictions";
        }
        long began = began(version);
        boolean stands = registry.aliasHistory(version.model(), alias).stream()
                .findFirst()
                .filter(change -> change.millis() > began)
                .isEmpty();
        return stands
                ? null
                : "'" + alias + "' has moved to version " + holder.number() + " since the build of version "
                        + version.number() + " began, and the evaluation does not say which version it compared with:"
                        + " evaluate again, and give evaluateModel the option model";
    }

    private static long began(ModelVersion version) {
        try {
            return ArchivedModel.build(version).getStartTimeInMillis();
        } catch (AbortException x) { // the build is gone, its version was registered while it ran
            return version.createdMillis();
        }
    }
}
