package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.mlops.gate.GateText;
import io.jenkins.mlops.registry.ApprovalRule;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.gates.Gate;
import io.jenkins.plugins.mlops.registry.lineage.PromotionFact;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import io.jenkins.plugins.mlops.registry.promotion.PromotionAsk;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * Runs {@code promoteModel}: judges the gates, asks, and waits without a thread or an executor.
 *
 * <p>The promotion lives in the registry. Here stands only its id, so that a restart, or a decision made while the
 * controller was down, changes nothing: the request is repeated by its operation key and answers as it stands.
 */
final class PromoteModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final PromotionStep step;

    @CheckForNull
    private volatile String promotionId;

    /** Ends the step once, however many decisions meet; not kept, because a resumed step has not ended. */
    private transient boolean settled;

    PromoteModelExecution(StepContext context, PromotionStep step) {
        super(context);
        this.step = step;
    }

    @Override
    void work() throws Exception {
        VerdictEffect.parse("onFail", step.getOnFail());
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        Promotion promotion =
                promotionId == null ? request() : registry().registry().promotion(promotionId);
        boolean first = promotionId == null;
        promotionId = promotion.id();
        if (first) {
            getContext().saveState();
        }
        if (promotion.state().isOpen() && step.waits() && first) {
            getContext().get(FlowNode.class).addAction(new PauseAction("Promotion"));
            tellWaiting(promotion);
        }
        // A decision may have come before the id was there to be recognised by: so look once more.
        settle(registry().registry().promotion(promotion.id()));
    }

    private Promotion request() throws IOException, InterruptedException {
        String model = ModelName.check(step.getModel());
        PrintStream log = listener().getLogger();
        Run<?, ?> build = run();
        return PromotionDesk.request(
                new PromotionAsk(
                        operationKey(),
                        model,
                        versionNumber(model),
                        step.getAlias(),
                        BuildReferences.startedBy(build),
                        BuildReferences.of(build),
                        step.getReason() == null ? "" : step.getReason(),
                        Gate.rules(step.getGates()),
                        additionalApprovals()),
                gates -> GateText.lines(gates).forEach(log::println));
    }

    private List<ApprovalRule> additionalApprovals() {
        Set<String> approvers = new TreeSet<>(step.getApprovers());
        if (step.getApprovals() > 0) {
            return List.of(new ApprovalRule(step.getApprovals(), approvers));
        }
        if (!approvers.isEmpty()) {
            throw new IllegalArgumentException(
                    "promoteModel: expected approvals (how many) beside approvers, found none");
        }
        return List.of();
    }

    private int versionNumber(String model) throws IOException, InterruptedException {
        if (step.getVersion() != 0) {
            return step.getVersion();
        }
        List<VersionFact> registered = lineage().getVersions().stream()
                .filter(version -> version.getModel().equals(model))
                .toList();
        if (registered.isEmpty()) {
            throw new AbortException("promoteModel: expected a version of '" + model
                    + "', found none registered by this build. Call registerModel first, or state version: N.");
        }
        return registered.get(registered.size() - 1).getNumber();
    }

    private void tellWaiting(Promotion promotion) throws IOException, InterruptedException {
        PrintStream log = listener().getLogger();
        log.println("[mlops] promotion " + promotion.id() + " of " + promotion.model() + " version "
                + promotion.version() + " to '" + promotion.alias() + "' "
                + (promotion.state() == PromotionState.APPROVED
                        ? "is approved and waits: " + promotion.reason()
                        : "waits for " + promotion.approvals()));
        if (promotion.state() == PromotionState.APPROVED) {
            return;
        }
        String root = Jenkins.get().getRootUrl();
        String registry = (root == null ? "<jenkins>/" : root) + "mlops/";
        log.println("[mlops] decide at " + registry + "inbox/ or by POST to " + registry + "promotions/"
                + promotion.id() + "/approve or /reject");
    }

    /** Called by the registry's listener; only wakes the step, which then looks for itself. */
    private void changed(Promotion promotion) {
        if (promotion.id().equals(promotionId)) {
            background(() -> settle(registry().registry().promotion(promotion.id())));
        }
    }

    private void settle(Promotion promotion) throws IOException, InterruptedException {
        lineage()
                .record(new PromotionFact(
                        promotion.id(),
                        promotion.model(),
                        promotion.version(),
                        promotion.alias(),
                        promotion.state().name(),
                        promotion.verdict().name()));
        if (promotion.state().isOpen() && step.waits() || !claim()) {
            return;
        }
        PauseAction.endCurrentPause(getContext().get(FlowNode.class));
        PromotionOutcome outcome = new PromotionOutcome(
                promotion.id(),
                promotion.model(),
                promotion.version(),
                promotion.alias(),
                promotion.state().name(),
                promotion.verdict().name());
        listener().getLogger().println("[mlops] " + PromotionEnd.sentence(promotion));
        if (!promotion.state().isOpen() && !PromotionEnd.isInForce(promotion)) {
            VerdictEffect.parse("onFail", step.getOnFail()).apply(PromotionEnd.sentence(promotion), getContext());
        }
        getContext().onSuccess(outcome);
    }

    private synchronized boolean claim() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    /** An aborted build asks for nothing any more. */
    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        String id = promotionId;
        if (id != null && claim()) {
            try {
                Promotion withdrawn =
                        PromotionDesk.withdraw(id, BuildReferences.SYSTEM, "the build that asked for it was aborted");
                lineage()
                        .record(new PromotionFact(
                                withdrawn.id(),
                                withdrawn.model(),
                                withdrawn.version(),
                                withdrawn.alias(),
                                withdrawn.state().name(),
                                withdrawn.verdict().name()));
            } catch (RegistryException x) { // decided meanwhile: the decision stands, the build ends all the same
                cause.addSuppressed(x);
            }
            PauseAction.endCurrentPause(getContext().get(FlowNode.class));
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return promotionId == null ? "opening a promotion" : "waiting for a decision on promotion " + promotionId;
    }

    /** Wakes the steps that wait for a promotion. */
    @Extension
    public static final class Waker implements PromotionListener {
        @Override
        public void onChanged(Promotion promotion) {
            StepExecution.acceptAll(PromoteModelExecution.class, execution -> execution.changed(promotion));
        }
    }
}
