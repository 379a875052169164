package org.jenkinsci.plugins.workflow.support.actions;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.InvisibleAction;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.PersistentAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** A time in which a node waited for something from outside. */
public class PauseAction extends InvisibleAction implements PersistentAction {
    private String cause;
    private long startTime = System.currentTimeMillis();
    private long endTime;

    public PauseAction(String cause) {
        this.cause = cause;
    }

    public String getCause() {
        return cause;
    }

    public void setCause(String cause) {
        this.cause = cause;
    }

    public void setEndTime(long endTime) {
        this.endTime = endTime;
    }

    public boolean isPaused() {
        return endTime == 0;
    }

    @CheckForNull
    public static PauseAction getCurrentPause(@NonNull FlowNode node) {
        return getPauseActions(node).stream()
                .filter(PauseAction::isPaused)
                .findFirst()
                .orElse(null);
    }

    public static void endCurrentPause(@NonNull FlowNode node) throws IOException {
        PauseAction current = getCurrentPause(node);
        if (current != null) {
            current.setEndTime(System.currentTimeMillis());
            node.save();
        }
    }

    @NonNull
    public static List<PauseAction> getPauseActions(@NonNull FlowNode node) {
        return node.getActions().stream()
                .filter(PauseAction.class::isInstance)
                .map(PauseAction.class::cast)
                .toList();
    }
}
