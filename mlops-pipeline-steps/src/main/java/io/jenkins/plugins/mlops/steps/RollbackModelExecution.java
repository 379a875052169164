package io.jenkins.plugins.mlops.steps;

import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.PromotionFact;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code rollbackModel}: one change of the registry, made once however often the step is run. */
final class RollbackModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final RollbackModelStep step;

    RollbackModelExecution(StepContext context, RollbackModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    void work() throws Exception {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        String model = ModelName.check(step.getName());
        if (step.getToVersion() < 0) {
            throw new IllegalArgumentException("rollbackModel: expected toVersion to be a version's number, or 0 for"
                    + " the last one before the present, found " + step.getToVersion());
        }
        Promotion promotion = PromotionDesk.rollback(
                operationKey(),
                model,
                step.getAlias(),
                step.getToVersion(),
                BuildReferences.startedBy(run()),
                step.getReason() == null ? "" : step.getReason());
        lineage()
                .record(new PromotionFact(
                        promotion.id(),
                        promotion.model(),
                        promotion.version(),
                        promotion.alias(),
                        promotion.state().name(),
                        promotion.verdict().name()));
        String what = promotion.model() + " version " + promotion.version();
        listener()
                .getLogger()
                .println(
                        promotion.state().isApplied()
                                ? "[mlops] '" + promotion.alias() + "' is " + what + " again"
                                : "[mlops] the rollback of '" + promotion.alias() + "' to " + what + " stands at "
                                        + promotion.state() + ", promotion " + promotion.id());
        getContext()
                .onSuccess(new PromotionOutcome(
                        promotion.id(),
                        promotion.model(),
                        promotion.version(),
                        promotion.alias(),
                        promotion.state().name(),
                        promotion.verdict().name()));
    }

    @Override
    public String getStatus() {
        return "rolling back " + step.getName();
    }
}
