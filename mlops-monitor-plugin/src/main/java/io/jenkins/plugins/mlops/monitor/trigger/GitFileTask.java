package io.jenkins.plugins.mlops.monitor.trigger;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.monitor.trigger.GitFile;
import java.io.File;
import java.io.IOException;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Reads one file of a Git repository on an agent.
 *
 * @param file the file
 * @param known the commit of the last look; empty for the first
 * @param user user name; empty for none
 * @param password password or token; sent over the agent's channel, as git plugins do
 */
record GitFileTask(GitFile file, String known, String user, String password)
        implements ControllerToAgentFileCallable<GitFile.Found> {
    @Override
    public GitFile.Found invoke(File place, VirtualChannel channel) throws IOException, InterruptedException {
        return file.look(known, user, password);
    }

    @Override
    public String toString() {
        return "read " + file.path() + " of " + file.shownUrl();
    }
}
