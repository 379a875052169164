package jenkins.tasks;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Holder of {@link LastBuildAction}. */
public interface SimpleBuildStep {
    /** A build's action that shows actions on its job while it is the last successful one. */
    interface LastBuildAction extends Action {
        Collection<? extends Action> getProjectActions();
    }

    /** Puts the actions of the last successful build on its job. */
    @Extension
    @SuppressWarnings("rawtypes")
    final class LastBuildActionFactory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job job) {
            Run<?, ?> last = ((Job<?, ?>) job).getLastSuccessfulBuild();
            List<Action> shown = new ArrayList<>();
            if (last != null) {
                last.getActions(LastBuildAction.class).forEach(a -> shown.addAll(a.getProjectActions()));
            }
            return shown;
        }
    }
}
