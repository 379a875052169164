package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a script has set in {@code env}, kept on its build. */
public final class EnvironmentOverrides extends InvisibleAction {
    private final Map<String, String> variables = new LinkedHashMap<>();
    private transient Run<?, ?> run;

    /** The overrides of a build, made if there are none. */
    static EnvironmentOverrides of(Run<?, ?> run) {
        EnvironmentOverrides found = run.getAction(EnvironmentOverrides.class);
        if (found == null) {
            found = new EnvironmentOverrides();
            run.addAction(found);
        }
        found.attach(run);
        return found;
    }

    private synchronized void attach(Run<?, ?> owner) {
        run = owner;
    }

    synchronized void set(String name, @CheckForNull String value) throws IOException {
        if (value == null) {
            variables.remove(name);
        } else {
            variables.put(name, value);
        }
        run.save();
    }

    /** Puts the variables into an environment. */
    public synchronized void apply(EnvVars env) {
        env.overrideAll(variables);
    }
}
