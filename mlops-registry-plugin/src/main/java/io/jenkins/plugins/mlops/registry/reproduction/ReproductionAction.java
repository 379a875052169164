package io.jenkins.plugins.mlops.registry.reproduction;

import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import java.util.List;

/** On a build: which version it is to make again. */
public final class ReproductionAction extends InvisibleAction implements Queue.QueueAction {
    private final String model;
    private final int version;

    ReproductionAction(String model, int version) {
        this.model = model;
        this.version = version;
    }

    public String getModel() {
        return model;
    }

    public int getVersion() {
        return version;
    }

    /** What waits in the queue already is another build, unless it makes the same version again. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return actions.stream()
                .noneMatch(action -> action instanceof ReproductionAction other
                        && other.model.equals(model)
                        && other.version == version);
    }
}
