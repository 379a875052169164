package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.monitor.window.FeedbackJoin;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Joins labels to prediction logs where those lie.
 *
 * @param folder absolute path of the logs' folder
 * @param task what to do
 * @param roots the folders that the logs must be in, links resolved; null for no such rule
 */
record JoinLabelsTask(
        String folder, FeedbackTask task, @CheckForNull List<String> roots)
        implements ControllerToAgentFileCallable<FeedbackResult> {
    JoinLabelsTask {
        roots = roots == null ? null : Collections.unmodifiableList(new ArrayList<>(roots));
    }

    @Override
    public FeedbackResult invoke(File place, VirtualChannel channel) throws IOException {
        return FeedbackJoin.join(WatchLogsTask.folder(folder, roots), task);
    }
}
