package io.jenkins.plugins.mlops.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.EnvironmentCapture;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/** Looks at what a run runs in, where it runs. */
record EnvironmentTask() implements ControllerToAgentFileCallable<Environment> {
    @Override
    public Environment invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        return EnvironmentCapture.capture(workspace.toPath());
    }
}
