package jenkins.tasks;

import hudson.model.Action;
import java.util.Collection;

/** Holder of {@link LastBuildAction}. */
public interface SimpleBuildStep {
    /** A build's action that shows actions on its job while it is the last one. */
    interface LastBuildAction extends Action {
        Collection<? extends Action> getProjectActions();
    }
}
