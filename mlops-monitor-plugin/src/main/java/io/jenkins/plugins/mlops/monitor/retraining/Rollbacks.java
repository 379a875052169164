package io.jenkins.plugins.mlops.monitor.retraining;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.monitor.MonitorDecision;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.Signal;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.monitor.plan.MonitorPlan;
import io.jenkins.mlops.monitor.retraining.RollbackPolicy;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * Puts the last good version back while a rollout is watched: the alias by the registry's rollback, with its rules and its
 * ledger; the endpoint by a build of the job that had deployed it.
 */
@Extension
public final class Rollbacks {
    private static final Logger LOGGER = Logger.getLogger(Rollbacks.class.getName());
    private static final String KIND = "rollback";
    private static final String DONE = "ROLL_BACK";
    private static final int HISTORY = 20;

    public static Rollbacks get() {
        return ExtensionList.lookupSingleton(Rollbacks.class);
    }

    /**
     * Decides for all monitors of an endpoint, after it was asked whether it is ready.
     *
     * @param ready how it was found
     */
    public void consider(Deployment serving, Signal ready, long nowMillis) {
        MonitorStore store = RegistryConnection.get().monitors();
        SignalTrack track = new SignalTrack(
                "endpoint:ready",
                ready.state(),
                Severity.CRITICAL,
                ready.sinceMillis(),
                nowMillis,
                0,
                "",
                0,
                "",
                "The endpoint '" + serving.endpoint() + "' is not ready.");
        for (MonitorRecord monitor : store.monitors()) {
            if (monitor.enabled() && monitor.endpoint().equals(serving.endpoint())) {
                List<SignalTrack> tracks = new ArrayList<>(store.signals(monitor.id()));
                tracks.add(track);
                consider(monitor, MonitorPlan.of(monitor.configJson()), tracks, nowMillis);
            }
        }
    }

    /** Decides for one monitor by its signals. */
    public void consider(MonitorRecord monitor, MonitorPlan plan, List<SignalTrack> tracks, long nowMillis) {
        ModelRegistry registry = RegistryConnection.get().registry();
        Deployment serving = plan.rollbackMillis() == 0
                ? null
                : registry.serving(monitor.endpoint()).orElse(null);
        if (serving == null || serving.alias() == null) {
            return;
        }
        Deployment before = before(registry, serving);
        MonitorStore store = RegistryConnection.get().monitors();
        boolean done = store.decisions(monitor.id(), MonitorStore.MOST).stream()
                .anyMatch(decision ->
                        decision.action().equals(DONE) && decision.key().equals(serving.operationKey()));
        RollbackPolicy.Decision decision = plan.rollback()
                .decide(
                        new RollbackPolicy.Rollout(
                                serving.operationKey(),
                                serving.version(),
                                before == null ? 0 : before.version(),
                                serving.changedMillis(),
                                isRollback(registry, serving),
                                done),
                        tracks.stream()
                                .filter(track -> !isOfAnother(store, monitor, track, serving))
                                .toList(),
                        nowMillis);
        if (decision.rollBack() && before != null) {
            rollBack(monitor, serving, before, decision.reasons(), nowMillis);
        }
    }

    /** Whether the predictions that a signal goes by are another version's: this one is not to blame for them. */
    private static boolean isOfAnother(
            MonitorStore store, MonitorRecord monitor, SignalTrack track, Deployment serving) {
        return !track.lastWindow().isEmpty()
                && store.window(monitor.id(), track.lastWindow())
                        .map(WindowRecord::version)
                        .filter(version -> version > 0 && version != serving.version())
                        .isPresent();
    }

    /** What served well before: retired by its successor, not failed and not rolled back. */
    @CheckForNull
    private static Deployment before(ModelRegistry registry, Deployment serving) {
        return registry.deployments(serving.endpoint(), HISTORY).stream()
                .filter(other -> other.state() == DeploymentState.RETIRED
                        && other.model().equals(serving.model())
                        && other.version() != serving.version())
                .findFirst()
                .orElse(null);
    }

    private static boolean isRollback(ModelRegistry registry, Deployment serving) {
        try {
            return serving.promotionId() != null
                    && registry.promotion(serving.promotionId()).kind() == PromotionKind.ROLLBACK;
        } catch (RegistryException.NotFound x) {
            return false;
        }
    }

    private static void rollBack(
            MonitorRecord monitor, Deployment serving, Deployment before, List<String> reasons, long nowMillis) {
        String why = String.join(" ", reasons);
        String reason = why.length() > 1_000 ? why.substring(0, 1_000) : why;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            // The same key after a restart: the registry rolls back once.
            Promotion promotion = RegistryConnection.get()
                    .registry()
                    .rollback(
                            "monitor/" + serving.operationKey(),
                            serving.model(),
                            serving.alias(),
                            before.version(),
                            BuildReferences.SYSTEM,
                            "Monitor " + monitor.id() + ": " + reason);
            PromotionListener.fireChanged(promotion);
            RegistryConnection.get()
                    .monitors()
                    .decided(new MonitorDecision(
                            monitor.id(), KIND, DONE, "", "", reasons, serving.operationKey(), nowMillis));
            BuildRef deployed = serving.build();
            Job<?, ?> job = deployed == null ? null : Jenkins.get().getItemByFullName(deployed.job(), Job.class);
            if (promotion.state().isApplied() && job != null) {
                ParameterizedJobMixIn.scheduleBuild2(
                        job,
                        -1,
                        new CauseAction(new RollbackCause(
                                monitor.id(), serving.model(), serving.alias(), before.version(), reason)));
            }
        } catch (RegistryException | IllegalArgumentException x) {
            LOGGER.log(
                    Level.WARNING, x, () -> "Monitor " + monitor.id() + " could not roll back " + serving.endpoint());
            List<String> said = new ArrayList<>(reasons);
            said.add("The registry refused: " + x.getMessage());
            RegistryConnection.get()
                    .monitors()
                    .decided(new MonitorDecision(monitor.id(), KIND, "FAILED", "", "", said, "", nowMillis));
        }
    }
}
