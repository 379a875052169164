package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Node;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import java.io.IOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/**
 * An execution that waits for the end of a promotion that somebody else has asked for, without a thread.
 *
 * <p>Only the promotion's id is kept. Whoever wakes the step, a listener or a restart, makes it look for itself; so a
 * decision made while the controller was down is found, too.
 */
abstract class PromotionWait extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private volatile String promotionId;

    /** Whether the step sleeps, and the next change has to wake it; a resumed step is awake. */
    private transient boolean asleep;

    PromotionWait(StepContext context) {
        super(context);
    }

    /**
     * Looks for an open promotion, or for the end of the one that was found before.
     *
     * @param version the version's number; 0 takes the promotion that was asked for last, of whatever version
     * @return whether the step is to wait: its work then ends, and is begun again when the promotion has changed
     * @throws AbortException if the promotion has ended, and the alias doesn't lead where the step wants it
     */
    final boolean waitsFor(String model, int version, String alias) throws IOException, InterruptedException {
        boolean first = promotionId == null;
        Optional<Promotion> found = first ? open(model, version, alias) : awaited();
        if (found.isEmpty()) {
            return false;
        }
        promotionId = found.get().id();
        if (first) {
            getContext().saveState();
            required(FlowNode.class).addAction(new PauseAction("Promotion"));
            tell(found.get());
        }
        sleep();
        // A decision may have come before the step slept: so look once more.
        Promotion promotion = registry().registry().promotion(found.get().id());
        if (promotion.state().isOpen() || !wake()) {
            return true;
        }
        PauseAction.endCurrentPause(required(FlowNode.class));
        boolean anotherWillDo = version == 0 && promotion.state() == PromotionState.SUPERSEDED;
        if (!PromotionEnd.isInForce(promotion) && !anotherWillDo) {
            throw new AbortException(PromotionEnd.sentence(promotion) + ". Nothing was deployed.");
        }
        listener().getLogger().println("[mlops] " + PromotionEnd.sentence(promotion));
        return false;
    }

    /** The promotion that was waited for, as it stands; empty where there was none to wait for. */
    final Optional<Promotion> awaited() {
        String id = promotionId;
        return id == null ? Optional.empty() : Optional.of(registry().registry().promotion(id));
    }

    private Optional<Promotion> open(String model, int version, String alias) {
        ModelRegistry registry = registry().registry();
        return Stream.concat(registry.pending().stream(), registry.scheduled().stream())
                .filter(promotion -> promotion.model().equals(model)
                        && promotion.alias().equals(alias)
                        && (version == 0 || promotion.version() == version))
                .max(Comparator.comparingLong(Promotion::requestedMillis));
    }

    private void tell(Promotion promotion) throws IOException, InterruptedException {
        String what = promotion.model() + " version " + promotion.version() + " to '" + promotion.alias() + "'";
        listener()
                .getLogger()
                .println("[mlops] waits for promotion " + promotion.id() + " of " + what + ", which waits for "
                        + (promotion.state() == PromotionState.APPROVED
                                ? "its change window or a check of its files"
                                : promotion.approvals()));
        if (getContext().get(Node.class) != null) {
            listener()
                    .getLogger()
                    .println("[mlops] the executor of this node stays taken meanwhile; a step outside node { } takes"
                            + " none");
        }
    }

    private synchronized void sleep() throws InterruptedException {
        if (isStopping()) {
            throw new InterruptedException("aborted before it waited");
        }
        asleep = true;
    }

    private synchronized boolean wake() {
        boolean slept = asleep;
        asleep = false;
        return slept;
    }

    /** Called by the registry's listener. An aborted step, which has ended, is not begun again. */
    private synchronized void changed(Promotion promotion) {
        if (promotion.id().equals(promotionId) && !promotion.state().isOpen() && !isStopping() && wake()) {
            background(this::work);
        }
    }

    /** Whether the step waits for a promotion now. */
    final synchronized boolean isAsleep() {
        return asleep;
    }

    /**
     * Stops work that is under way, and lets no change wake the step any more.
     *
     * @return whether there was any under way, which then ends the step; a step that slept has none
     */
    final synchronized boolean interruptWaitOrWork() throws IOException, InterruptedException {
        boolean slept = wake();
        boolean working = interruptWork();
        if (slept) {
            PauseAction.endCurrentPause(required(FlowNode.class));
        }
        return working && !slept;
    }

    /** Wakes the steps that wait for a promotion of others. */
    @Extension
    public static final class Waker implements PromotionListener {
        @Override
        public void onChanged(Promotion promotion) {
            StepExecution.acceptAll(PromotionWait.class, execution -> execution.changed(promotion));
        }
    }
}
