package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.util.Secret;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Gives the body of {@code trainModel} its run's token, as a secret: Jenkins keeps it encrypted with the build. */
final class RunTokenVariable extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "MLFLOW_TRACKING_TOKEN";

    private final Secret token;

    RunTokenVariable(Secret token) {
        this.token = token;
    }

    @Override
    public void expand(@NonNull EnvVars env) {
        env.put(NAME, token.getPlainText());
    }

    @NonNull
    @Override
    public Set<String> getSensitiveVariables() {
        return Set.of(NAME);
    }
}
