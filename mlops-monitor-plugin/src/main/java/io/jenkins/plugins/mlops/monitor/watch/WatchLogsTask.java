package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.Reference;
import io.jenkins.mlops.monitor.window.Watch;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Reads what is new in prediction logs where they lie.
 *
 * @param folder absolute path of the logs' folder
 * @param task what to do
 * @param state how far was read
 * @param nowMillis the controller's time
 * @param roots the folders that the logs and a file of reference must be in, links resolved; null for no such rule
 */
record WatchLogsTask(
        String folder,
        WatchTask task,
        ReadingState state,
        long nowMillis,
        @CheckForNull List<String> roots) implements ControllerToAgentFileCallable<WatchResult> {
    WatchLogsTask {
        roots = roots == null ? null : Collections.unmodifiableList(new ArrayList<>(roots));
    }

    @Override
    public WatchResult invoke(File place, VirtualChannel channel) throws IOException {
        confineReference(task, roots);
        return Watch.look(folder(folder, roots), task, state, nowMillis);
    }

    /** Refuses a file of reference that may not be read. */
    static void confineReference(WatchTask task, @CheckForNull List<String> roots) throws IOException {
        Reference reference = task.reference();
        if (reference != null && !reference.file().isEmpty()) {
            confine(reference.file(), roots);
        }
    }

    /**
     * The folder of the logs.
     *
     * @param roots the folders that it must be in; null for no such rule
     * @throws IOException if it is none that may be read
     */
    static Path folder(String folder, @CheckForNull List<String> roots) throws IOException {
        Path logs = Path.of(folder);
        if (!logs.isAbsolute()) {
            throw new DataException("expected an absolute path of the logs, found '" + folder + "'");
        }
        confine(folder, roots);
        return logs;
    }

    /** What a monitor names is read by its findings: on the controller that is not for any job's author to choose. */
    private static void confine(String path, @CheckForNull List<String> roots) throws IOException {
        if (roots != null && !isWithin(Path.of(path), roots)) {
            throw new DataException("'" + path + "' is not there, or not in a folder of the controller that may be"
                    + " watched: an administrator adds folders under Manage Jenkins, System, MLOps triggers");
        }
    }

    private static boolean isWithin(Path logs, List<String> folders) throws IOException {
        for (String root : folders) {
            if (logs.normalize().startsWith(root)
                    && Files.exists(logs)
                    && logs.toRealPath().startsWith(Path.of(root).toRealPath())) {
                return true;
            }
        }
        return false;
    }
}
