package io.jenkins.plugins.mlops.examples;

import static io.jenkins.mlops.monitor.SignalState.ALARM;
import static io.jenkins.mlops.monitor.SignalState.OK;
import static io.jenkins.mlops.monitor.SignalState.RECOVERING;
import static io.jenkins.mlops.monitor.SignalState.SUSPECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.retraining.Basis;
import io.jenkins.mlops.monitor.retraining.Effect;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.plugins.mlops.monitor.retraining.RetrainingCause;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.SimulatedClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A scanner goes off step by step, the monitor sees it, has the model trained again, and sees that it helped. */
@WithJenkins
class DriftExampleTest {
    private static final String NAME = "breast-cancer";
    private static final LocalDate FIRST = LocalDate.now(ZoneOffset.UTC);

    @TempDir
    Path clinic;

    private SimulatedClock clock;

    @AfterEach
    void endServedProcesses() {
        ExampleJob.endServedProcesses();
    }

    /** Trains, promotes, deploys and sets up the monitor at the beginning of the first day. */
    private WorkflowJob released(JenkinsRule j, String jenkinsfile) throws Exception {
        clock = SimulatedClock.at(midnight(1));
        TriggerConfiguration.get().setControllerPaths(clinic.toString());
        registry()
                .setPolicy(
                        PromotionPolicy.byDefault()
                                .withModel(NAME, 0)
                                .withGatesJson("[{\"gate\":\"threshold\",\"metric\":\"roc_auc\",\"atLeast\":0.95}]"),
                        "ada");
        WorkflowJob job = ExampleJob.of(j, "drift", jenkinsfile, "env.DRIFT_CLINIC = '" + clinic + "'\n");
        j.buildAndAssertSuccess(job);
        assertThat(served()).isEqualTo(1);
        return job;
    }

    private static Instant midnight(int day) {
        return FIRST.plusDays(day - 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** One more day at the clinic, at whose end the monitor looks, and whatever follows from it. */
    private SignalState day(JenkinsRule j, ExampleProgram program, int day) throws Exception {
        program.run(
                "days",
                "--home",
                clinic.toString(),
                "--data",
                ExampleJob.EXAMPLES.resolve("drift/data/wdbc.csv").toString(),
                "--scanner",
                ExampleJob.EXAMPLES.resolve("drift/scanner.csv").toString(),
                "--first",
                FIRST.toString(),
                "--from",
                String.valueOf(day),
                "--to",
                String.valueOf(day));
        clock.set(midnight(day + 1));
        assertThat(MonitorLooks.get().look(NAME, clock.millis()))
                .as(store().monitor(NAME).orElseThrow().failure())
                .isTrue();
        j.waitUntilNoActivity();
        return store().tracks(NAME).stream()
                .filter(track -> track.name().equals("drift"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private static MonitorStore store() {
        return RegistryConnection.get().monitors();
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private static int served() {
        return registry().serving(NAME).orElseThrow().version();
    }

    @Test
    void aShiftIsSeenTrainedOnAndOver(JenkinsRule j) throws Exception {
        WorkflowJob job = released(j, "Jenkinsfile");
        List<SignalState> states = new ArrayList<>();
        try (ExampleProgram program = ExampleProgram.of(j, job, "Clinic")) {
            for (int day = 1; day <= 9; day++) {
                states.add(day(j, program, day));
            }
        }

        assertThat(states).as("the README's table").containsExactly(OK, OK, OK, OK, SUSPECT, ALARM, RECOVERING, OK, OK);
        WorkflowRun retraining = job.getLastBuild();
        assertThat(retraining.getNumber()).isEqualTo(2);
        j.assertBuildStatusSuccess(retraining);
        j.assertLogContains("Gates: PASS", retraining);
        assertThat(retraining.getCause(RetrainingCause.class).getShortDescription())
                .contains("signal drift", "mean_radius");
        assertThat(served()).isEqualTo(2);
        assertThat(registry().byAlias(NAME, "champion").orElseThrow().number()).isEqualTo(2);

        List<RetrainingAttempt> attempts = store().attempts(NAME, 10);
        assertThat(attempts).hasSize(1);
        RetrainingAttempt attempt = attempts.get(0);
        assertThat(attempt.build()).isEqualTo("drift#2");
        assertThat(attempt.version()).isEqualTo(2);
        assertThat(attempt.effect()).as(attempt.toString()).isEqualTo(Effect.HELPED);
        assertThat(attempt.basis()).isEqualTo(Basis.DRIFT);
        assertThat(attempt.endedMillis()).as("by one clock").isBetween(attempt.claimedMillis(), clock.millis());
        assertThat(page(j))
                .contains("✓okModel" + NAME)
                .containsPattern("drift ✓ok \\S+ \\S+ UTC info: 0 of 31 columns have drifted")
                .containsPattern("✓succeeded drift \\S+/86400s \\w+ drift#2 2 ✓verified .* ✓helped")
                .containsPattern("drift !recovering .* drift ✕alarm .* retraining –retrain .* drift !suspect");
    }

    private static String page(JenkinsRule j) throws Exception {
        return j.createWebClient()
                .goTo("mlops-endpoints/monitor/" + NAME + "/")
                .asNormalizedText()
                .replaceAll("\\s+", " ");
    }

    @Test
    void declarativeIsWatched(JenkinsRule j) throws Exception {
        WorkflowJob job = released(j, "Jenkinsfile.declarative");
        try (ExampleProgram program = ExampleProgram.of(j, job, "Clinic")) {
            assertThat(day(j, program, 1)).isEqualTo(OK);
        }
        assertThat(store().windows(NAME, 10))
                .singleElement()
                .satisfies(window -> assertThat(window.result().rows()).isEqualTo(250));
    }
}
