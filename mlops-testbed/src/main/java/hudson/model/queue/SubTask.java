package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import java.io.IOException;

/** A part of a task that takes one executor. */
public interface SubTask {
    String getDisplayName();

    default Label getAssignedLabel() {
        return null;
    }

    default Node getLastBuiltOn() {
        return null;
    }

    default long getEstimatedDuration() {
        return -1;
    }

    @CheckForNull
    Queue.Executable createExecutable() throws IOException;

    default @NonNull Queue.Task getOwnerTask() {
        return (Queue.Task) this;
    }

    default Object getSameNodeConstraint() {
        return null;
    }

    default String getUrl() {
        return null;
    }
}
