package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.BuildListener;
import hudson.model.TaskListener;
import java.io.PrintStream;

/** A log in the shape that older interfaces ask for. */
final class AsBuildListener implements BuildListener {
    private static final long serialVersionUID = 1L;
    private final TaskListener listener;

    AsBuildListener(TaskListener listener) {
        this.listener = listener;
    }

    @NonNull
    @Override
    public PrintStream getLogger() {
        return listener.getLogger();
    }
}
