package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Clock;
import com.codahale.metrics.MetricRegistry;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.mlops.monitor.Look;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingRequest;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.monitor.window.ReadingState;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import jenkins.metrics.api.MetricProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the plugin metrics gets to register, read as its registry reads it. */
@WithJenkins
class MonitorGaugesTest {
    private final MetricRegistry metrics = new MetricRegistry();
    private Path home;
    private long seconds = 1;

    @BeforeEach
    void register(JenkinsRule j) {
        home = j.jenkins.getRootDir().toPath();
        metrics.registerAll(new MonitorGauges(new Clock() {
                    @Override
                    public long getTick() {
                        return TimeUnit.SECONDS.toNanos(seconds);
                    }
                })
                .getMetricSet());
    }

    private Map<String, Object> read() {
        Map<String, Object> values = new TreeMap<>();
        metrics.getGauges().forEach((name, gauge) -> values.put(name, gauge.getValue()));
        return values;
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private static void monitor(String id, boolean enabled, SignalState state) {
        store().save(new MonitorRecord(id, "churn", "churn-eu", "train", "{}", enabled, 0, 0, 0, 0, "", 0));
        SignalTrack track = new SignalTrack("drift", state, Severity.WARNING, 5, 5, 1, "1", 1, "w1", "");
        ReadingState reading = new ReadingState(List.of(), Long.MIN_VALUE, 0);
        assertThat(store().keep(new Look(id, 0, reading, List.of(), List.of(track), List.of(), 77)))
                .isTrue();
    }

    private static void retraining(String model, State state) {
        RetrainingRequest request = new RetrainingRequest(
                "ill", model, "drift", Severity.CRITICAL, "w-" + model, "sha256:1", 5, "seen", null);
        assertThat(store().claim(RetrainingAttempt.of(request, state, 1_000))).isTrue();
    }

    private static void endpoint(String name, DeploymentState state) {
        ModelRegistry registry = RegistryConnection.get().registry();
        BuildRef build = new BuildRef("train", 1, null, null);
        ModelVersion version = registry.register(
                Registration.of(name, name, List.of(new VersionFile("m.bin", 1, Ledger.sha256(name))), "ada")
                        .withBuild(build, null));
        registry.override("o" + name, name, version.number(), "champion", "root", "test");
        registry.beginDeployment(new DeploymentRequest(
                "d" + name,
                name,
                "process",
                name,
                version.number(),
                version.digest(),
                "champion",
                false,
                null,
                build,
                "ada"));
        registry.finishDeployment("d" + name, state, "http://localhost:1/", "");
    }

    @Test
    void thePluginFindsThemOnceAndOptionally() {
        assertThat(ExtensionList.lookup(MetricProvider.class)).hasOnlyElementsOfType(MonitorGauges.class);
        assertThat(MonitorGauges.class.getAnnotation(Extension.class).optional())
                .as("Jenkins starts without the plugin metrics")
                .isTrue();
    }

    @Test
    void areZeroAndCreateNothingWhereNobodyUsesModels() {
        assertThat(read()).hasSize(8).values().containsOnly(0);
        assertThat(RegistryConnection.get().hasRecords()).isFalse();
    }

    @Test
    void countByState() throws Exception {
        monitor("fine", true, SignalState.OK);
        monitor("heals", true, SignalState.RECOVERING);
        monitor("odd", true, SignalState.SUSPECT);
        monitor("odd too", true, SignalState.SUSPECT);
        monitor("ill", true, SignalState.ALARM);
        monitor("off", false, SignalState.ALARM);
        for (int i = 0; i < 3; i++) {
            store().failed("fine", "agent 'gpu' is offline", 1);
        }
        store().failed("heals", "once is not yet failing", 1);
        retraining("churn", State.CLAIMED);
        retraining("fraud", State.RUNNING);
        retraining("spam", State.SUGGESTED);
        retraining("old", State.SUCCEEDED);
        endpoint("churn", DeploymentState.SERVING);
        endpoint("fraud", DeploymentState.SERVING);
        EndpointWatch.get().look();
        endpoint("spam", DeploymentState.SERVING);
        EndpointWatch.get().look();
        EndpointWatch.get().look();

        assertThat(read())
                .isEqualTo(Map.of(
                        "mlops.monitors.all", 6,
                        "mlops.monitors.alarm", 1,
                        "mlops.monitors.suspect", 2,
                        "mlops.monitors.failing", 1,
                        "mlops.retrainings.open", 2,
                        "mlops.retrainings.suggested", 1,
                        "mlops.endpoints.all", 3,
                        "mlops.endpoints.alarm", 2));
    }

    @Test
    void askTheDatabaseOnceForAllOfThem() {
        monitor("ill", true, SignalState.ALARM);
        assertThat(read()).containsEntry("mlops.monitors.alarm", 1).containsEntry("mlops.monitors.all", 1);
        monitor("worse", true, SignalState.ALARM);
        seconds += 29;
        assertThat(read()).containsEntry("mlops.monitors.alarm", 1).containsEntry("mlops.monitors.all", 1);
        seconds += 1;
        assertThat(read()).containsEntry("mlops.monitors.alarm", 2).containsEntry("mlops.monitors.all", 2);
    }

    @Test
    void sayNothingRatherThanZeroOrAnErrorWhereTheDatabaseCannotBeUsed() throws Exception {
        Files.createDirectories(home.resolve("mlops"));
        Files.writeString(home.resolve("mlops/registry"), "no folder");
        assertThat(read()).hasSize(8).containsEntry("mlops.endpoints.all", 0).containsEntry("mlops.monitors.all", null);
        Files.delete(home.resolve("mlops/registry"));
        assertThat(read()).as("not asked again at once").containsEntry("mlops.monitors.all", null);
        seconds += 30;
        assertThat(read()).containsEntry("mlops.monitors.all", 0);
    }
}
