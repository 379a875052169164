package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.TreeMap;

/** Tells a build what it retrains for, or which version was put back, by {@code MLOPS_RETRAINING_...} and {@code
 * MLOPS_ROLLBACK_...}. */
@Extension
@SuppressWarnings("rawtypes")
public final class RetrainingVariables extends EnvironmentContributor {
    /** The variables of a retraining; parameters of the same names are given the same values. */
    static Map<String, String> of(RetrainingCause cause) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("MLOPS_RETRAINING_MODEL", cause.getModel());
        variables.put("MLOPS_RETRAINING_MONITOR", cause.getMonitor());
        variables.put("MLOPS_RETRAINING_SIGNAL", cause.getSignal());
        variables.put("MLOPS_RETRAINING_WINDOW", cause.getWindow());
        variables.put("MLOPS_RETRAINING_DATA", cause.getDigest());
        return variables;
    }

    @Override
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars env, @NonNull TaskListener listener) {
        Run<?, ?> build = run;
        RetrainingCause cause = build.getCause(RetrainingCause.class);
        if (cause != null) {
            of(cause).forEach(env::put);
        }
        RollbackCause rollback = build.getCause(RollbackCause.class);
        if (rollback != null) {
            env.put("MLOPS_ROLLBACK_MODEL", rollback.getModel());
            env.put("MLOPS_ROLLBACK_ALIAS", rollback.getAlias());
            env.put("MLOPS_ROLLBACK_VERSION", String.valueOf(rollback.getVersion()));
        }
    }
}
