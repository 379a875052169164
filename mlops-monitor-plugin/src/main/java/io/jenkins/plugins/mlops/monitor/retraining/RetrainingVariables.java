package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;

/** Tells a build what it retrains for, or which version was put back, by {@code MLOPS_RETRAINING_...} and {@code
 * MLOPS_ROLLBACK_...}. */
@Extension
@SuppressWarnings("rawtypes")
public final class RetrainingVariables extends EnvironmentContributor {
    @Override
    public void buildEnvironmentFor(@NonNull Run run, @NonNull EnvVars env, @NonNull TaskListener listener) {
        Run<?, ?> build = run;
        RetrainingCause cause = build.getCause(RetrainingCause.class);
        if (cause != null) {
            env.put("MLOPS_RETRAINING_MODEL", cause.getModel());
            env.put("MLOPS_RETRAINING_MONITOR", cause.getMonitor());
            env.put("MLOPS_RETRAINING_SIGNAL", cause.getSignal());
            env.put("MLOPS_RETRAINING_WINDOW", cause.getWindow());
            env.put("MLOPS_RETRAINING_DATA", cause.getDigest());
        }
        RollbackCause rollback = build.getCause(RollbackCause.class);
        if (rollback != null) {
            env.put("MLOPS_ROLLBACK_MODEL", rollback.getModel());
            env.put("MLOPS_ROLLBACK_ALIAS", rollback.getAlias());
            env.put("MLOPS_ROLLBACK_VERSION", String.valueOf(rollback.getVersion()));
        }
    }
}
