package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.monitor.window.WatchResult;
import io.jenkins.mlops.monitor.window.WatchTask;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Fetches what is new in prediction logs from their bucket, and reads it.
 *
 * @param logs where they are
 * @param task what to do
 * @param state how far was read
 * @param nowMillis the controller's time
 * @param roots the folders that a file of reference must be in, links resolved; null for no such rule
 */
record WatchStoredLogsTask(
        StoredLogs logs,
        WatchTask task,
        ReadingState state,
        long nowMillis,
        @CheckForNull List<String> roots) implements ControllerToAgentFileCallable<WatchResult> {
    WatchStoredLogsTask {
        roots = roots == null ? null : Collections.unmodifiableList(new ArrayList<>(roots));
    }

    @Override
    public WatchResult invoke(File place, VirtualChannel channel) throws IOException, InterruptedException {
        WatchLogsTask.confineReference(task, roots);
        return logs.open(place).look(task, state, nowMillis);
    }

    @Override
    public String toString() {
        return "the look at " + logs;
    }
}
