package io.jenkins.plugins.mlops.steps.serving;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.serving.HostTask;
import io.jenkins.mlops.serving.ServingException;
import io.jenkins.mlops.serving.ServingHost;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import jenkins.agents.ControllerToAgentFileCallable;

/** The machine behind a path of Jenkins, as a place where serving tasks are run. */
final class AgentHost implements ServingHost {
    private final FilePath place;

    AgentHost(FilePath place) {
        this.place = place;
    }

    @Override
    public <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException {
        try {
            return place.act(new Call<>(task));
        } catch (IOException x) {
            // Jenkins wraps what is thrown over there; that the task itself failed is told by the cause.
            for (Throwable cause = x; cause != null; cause = cause.getCause()) {
                if (cause instanceof ServingException failed) {
                    throw failed;
                }
            }
            throw x;
        }
    }

    private record Call<T extends Serializable>(HostTask<T> task) implements ControllerToAgentFileCallable<T> {
        @Override
        public T invoke(File place, VirtualChannel channel) throws IOException, InterruptedException {
            return task.run();
        }
    }
}
