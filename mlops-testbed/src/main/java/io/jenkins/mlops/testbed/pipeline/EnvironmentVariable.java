package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.GroovyObjectSupport;
import hudson.EnvVars;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** The variable {@code env} of a script: the environment around the running line; what is set holds for the build. */
final class EnvironmentVariable extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    @Whitelisted
    public Map<String, String> getEnvironment() throws IOException, InterruptedException {
        ProgramThread thread = Program.current();
        Run<?, ?> run = thread.program.run();
        return EnvironmentExpander.getEffectiveEnvironment(
                run.getEnvironment(thread.program.owner().getListener()),
                thread.context.get(EnvVars.class),
                thread.context.get(EnvironmentExpander.class));
    }

    @CheckForNull
    @Override
    @Whitelisted
    public String getProperty(String name) {
        try {
            return getEnvironment().get(name);
        } catch (IOException x) {
            throw new IllegalStateException("the environment cannot be read", x);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", x);
        }
    }

    @Override
    @Whitelisted
    public void setProperty(String name, Object value) {
        try {
            EnvironmentOverrides.of(Program.current().program.run()).set(name, value == null ? null : value.toString());
        } catch (IOException x) {
            throw new IllegalStateException("the environment cannot be changed", x);
        }
    }
}
