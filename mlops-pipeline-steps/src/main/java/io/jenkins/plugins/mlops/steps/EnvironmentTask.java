package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.EnvironmentCapture;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Looks at what a run runs in, where it runs.
 *
 * @param variables the few variables of the build that decide which tools are found; the others may be secrets
 */
record EnvironmentTask(TreeMap<String, String> variables) implements ControllerToAgentFileCallable<Environment> {
    /** The task for a build's environment. */
    static EnvironmentTask of(@CheckForNull EnvVars build) {
        TreeMap<String, String> chosen = new TreeMap<>();
        for (String name : new String[] {"PATH", "VIRTUAL_ENV", "CONDA_PREFIX"}) {
            if (build != null && build.get(name) != null) {
                chosen.put(name, build.get(name));
            }
        }
        return new EnvironmentTask(chosen);
    }

    @Override
    public Environment invoke(File workspace, VirtualChannel channel) throws InterruptedException {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(variables);
        return EnvironmentCapture.of("").capture(workspace.toPath(), all);
    }
}
