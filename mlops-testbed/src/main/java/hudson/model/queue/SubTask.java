package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Label;
import hudson.model.Queue;
import java.io.IOException;

/** A part of a task that takes one executor. */
public interface SubTask {
    String getDisplayName();

    default Label getAssignedLabel() {
        return null;
    }

    @CheckForNull
    Queue.Executable createExecutable() throws IOException;

    default String getUrl() {
        return null;
    }
}
