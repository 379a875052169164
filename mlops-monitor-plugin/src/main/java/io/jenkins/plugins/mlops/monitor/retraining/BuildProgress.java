package io.jenkins.plugins.mlops.monitor.retraining;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;

/** Notes at a retraining how its build goes, and what came of it. */
final class BuildProgress {
    private static final double MILLIS_OF_MINUTE = 60_000.0;

    private BuildProgress() {}

    /** @param ended whether the build has ended, though it may not say so yet while its listeners are told */
    static void note(MonitorStore store, RetrainingAttempt attempt, Run<?, ?> build, boolean ended, long now) {
        if (attempt.state().ended()) {
            return;
        }
        String name = build.getParent().getFullName() + "#" + build.getNumber();
        Result result = build.getResult();
        if (!ended || result == null) {
            if (attempt.state() != State.RUNNING) {
                store.update(attempt, attempt.in(State.RUNNING, name, now));
            }
            return;
        }
        State state = result.isBetterOrEqualTo(Result.UNSTABLE)
                ? State.SUCCEEDED
                : result.equals(Result.ABORTED) ? State.DISMISSED : State.FAILED;
        double minutes = Math.max(0, build.getDuration()) / MILLIS_OF_MINUTE;
        store.update(attempt, attempt.in(state, name, now).taking(minutes, 0, version(build, attempt.model())));
    }

    private static int version(Run<?, ?> build, String model) {
        LineageAction lineage = build.getAction(LineageAction.class);
        return lineage == null
                ? 0
                : lineage.getVersions().stream()
                        .filter(fact -> fact.getModel().equals(model))
                        .mapToInt(VersionFact::getNumber)
                        .max()
                        .orElse(0);
    }
}
