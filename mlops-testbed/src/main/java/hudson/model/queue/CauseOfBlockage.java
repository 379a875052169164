package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import org.jvnet.localizer.Localizable;

/** Why a task can't run yet. */
public abstract class CauseOfBlockage {
    public abstract String getShortDescription();

    public void print(TaskListener listener) {
        listener.getLogger().println(getShortDescription());
    }

    public static CauseOfBlockage fromMessage(@NonNull Localizable l) {
        return new CauseOfBlockage() {
            @Override
            public String getShortDescription() {
                return l.toString();
            }
        };
    }

    @Override
    public String toString() {
        return getShortDescription();
    }
}
