package io.jenkins.plugins.mlops.monitor.watch;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.monitor.window.FeedbackResult;
import io.jenkins.mlops.monitor.window.FeedbackTask;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Joins labels to prediction logs of a bucket.
 *
 * @param logs where they are
 * @param task what to do
 */
record JoinStoredLabelsTask(StoredLogs logs, FeedbackTask task)
        implements ControllerToAgentFileCallable<FeedbackResult> {
    @Override
    public FeedbackResult invoke(File place, VirtualChannel channel) throws IOException, InterruptedException {
        return logs.open(place).join(task);
    }

    @Override
    public String toString() {
        return "the join of labels with " + logs;
    }
}
