package io.jenkins.mlops.serving;

import static io.jenkins.mlops.serving.Observation.Outcome.DEAD;
import static io.jenkins.mlops.serving.Observation.Outcome.HEALTHY;
import static io.jenkins.mlops.serving.Observation.Outcome.ILL;
import static io.jenkins.mlops.serving.RolloutWorld.NEW;
import static io.jenkins.mlops.serving.RolloutWorld.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final RolloutPlan PLAN = new RolloutPlan(3, 1_000, 10_000, 4_000, 2, true);
    private final List<String> log = new ArrayList<>();

    private RolloutState run(RolloutWorld world) throws Exception {
        return run(world, PLAN);
    }

    private RolloutState run(RolloutWorld world, RolloutPlan plan) throws Exception {
        Rollout rollout = new Rollout(plan, world, world);
        RolloutState state = rollout.begin();
        while (!state.phase().terminal()) {
            RolloutStep step = rollout.advance(state);
            log.addAll(step.messages());
            state = step.state();
            world.now += step.delayMillis();
        }
        return state;
    }

    @Test
    void healthyVersionTakesOver() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(end.serving()).contains(NEW);
        assertThat(world.serves).contains(NEW);
        assertThat(world.running).containsExactly("r2");
        assertThat(world.deeds)
                .containsExactly(
                        "serving", "start", "ready", "ready", "ready", "smoke", "switch", "ready", "ready", "ready",
                        "ready", "ready", "retire");
        assertThat(log).contains("the rollout is done");
    }

    @Test
    void firstVersionNeedsNothingBefore() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.empty());
        assertThat(run(world).phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.deeds).doesNotContain("retire");
    }

    @Test
    void neverReadyLeavesTheVersionBefore() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> release.equals(NEW) ? ILL : HEALTHY;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.serving()).contains(OLD);
        assertThat(end.reason())
                .contains("wasn't healthy 3 times in a row within 10 s")
                .contains("seen ILL");
        assertThat(world.serves).contains(OLD);
        assertThat(world.running).containsExactly("r1");
        assertThat(world.deeds).doesNotContain("switch", "restore");
    }

    @Test
    void neverReadyWithNothingBeforeFails() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.empty());
        world.health = release -> ILL;
        assertThat(run(world).phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(world.running).isEmpty();
        assertThat(world.serves).isEmpty();
    }

    @Test
    void deathBeforeReadyDoesNotWaitForTheDeadline() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> release.equals(NEW) ? DEAD : HEALTHY;
        RolloutState end = run(world);
        assertThat(end.reason()).startsWith("the new version died before it was ready");
        assertThat(world.deeds).containsExactly("serving", "start", "ready", "discard");
    }

    @Test
    void answersMustBeHealthyInARow() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        List<Observation.Outcome> script = new ArrayList<>(List.of(HEALTHY, HEALTHY, ILL, HEALTHY, HEALTHY, HEALTHY));
        world.health = release -> script.isEmpty() ? HEALTHY : script.remove(0);
        run(world);
        assertThat(world.deeds.indexOf("smoke")).isEqualTo(2 + 6);
    }

    @Test
    void nonsenseNeverServes() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.smoke = release -> ILL;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("smoke request");
        assertThat(world.deeds).doesNotContain("switch");
    }

    @Test
    void deathAfterTheSwitchBringsTheVersionBeforeBack() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> release.equals(NEW) && world.deeds.contains("switch") ? DEAD : HEALTHY;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).startsWith("the new version died after the switch");
        assertThat(world.serves).contains(OLD);
        assertThat(log).anyMatch(line -> line.startsWith("version 1 serves again"));
    }

    @Test
    void illnessAfterTheSwitchIsForgivenOnceOnly() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        List<Observation.Outcome> script =
                new ArrayList<>(List.of(HEALTHY, HEALTHY, HEALTHY, HEALTHY, ILL, HEALTHY, ILL, ILL));
        world.health = release -> script.isEmpty() ? HEALTHY : script.remove(0);
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("2 checks in a row");
    }

    @Test
    void restartedServiceMayTakeItsTime() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.restarts = true;
        List<Observation.Outcome> script =
                new ArrayList<>(List.of(HEALTHY, HEALTHY, HEALTHY, ILL, ILL, ILL, ILL, HEALTHY));
        world.health = release -> script.isEmpty() ? HEALTHY : script.remove(0);
        assertThat(run(world).phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(world.deeds.stream().filter("smoke"::equals))
                .as("asked again after the restart")
                .hasSize(2);
    }

    @Test
    void serviceWithOneAddressIsCheckedAfterTheSwitch() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.restarts = true;
        world.tries = false;
        world.smoke = release -> ILL;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(world.deeds).containsExactly("serving", "start", "switch", "ready", "smoke", "restore", "ready");
    }

    @Test
    void rollbackThatFailsIsSaidPlainly() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> world.deeds.contains("switch") ? DEAD : HEALTHY;
        world.faults = (deed, after) -> deed.equals("restore") ? RolloutWorld.Fault.REFUSED : RolloutWorld.Fault.NONE;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason())
                .contains("the new version died after the switch")
                .contains("the rollback failed, too: restore was refused");
        assertThat(world.deeds.stream().filter("restore"::equals)).hasSize(3);
    }

    @Test
    void versionBeforeThatIsIllAfterTheRollbackIsSaidPlainly() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> world.deeds.contains("switch") ? ILL : HEALTHY;
        RolloutState end = run(world);
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason()).contains("the version before is back in place but isn't healthy");
    }

    @Test
    void withoutRollbackTheIllVersionStays() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> world.deeds.contains("switch") ? DEAD : HEALTHY;
        RolloutState end = run(world, new RolloutPlan(1, 1_000, 10_000, 1_000, 1, false));
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason()).endsWith("it stays in place, because rollback is off");
        assertThat(world.serves).contains(NEW);
    }

    @Test
    void givenUpAtAnyPhaseTheVersionBeforeServesAlone() throws Exception {
        for (RolloutPhase at : List.of(
                RolloutPhase.START_NEW,
                RolloutPhase.HEALTH_WINDOW,
                RolloutPhase.SMOKE,
                RolloutPhase.SWITCH,
                RolloutPhase.WATCH)) {
            RolloutWorld world = new RolloutWorld(Optional.of(OLD));
            Rollout rollout = new Rollout(PLAN, world, world);
            RolloutState state = rollout.begin();
            while (state.phase() != at) {
                state = rollout.advance(state).state();
            }
            state = rollout.abandon(state, "aborted by alice");
            while (!state.phase().terminal()) {
                state = rollout.advance(state).state();
            }
            assertThat(state.phase()).as(at.name()).isEqualTo(RolloutPhase.ROLLED_BACK);
            assertThat(state.reason()).startsWith("aborted by alice");
            assertThat(world.serves).contains(OLD);
            assertThat(world.running).containsExactly("r1");
        }
    }

    @Test
    void givingUpWhatHasEndedChangesNothing() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        RolloutState end = run(world);
        assertThat(new Rollout(PLAN, world, world).abandon(end, "too late")).isEqualTo(end);
    }

    @Test
    void lostAnswerLeavesTheStateAsItWas() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.faults =
                (deed, after) -> deed.equals("switch") && after ? RolloutWorld.Fault.LOST : RolloutWorld.Fault.NONE;
        Rollout rollout = new Rollout(PLAN, world, world);
        RolloutState state = rollout.begin();
        while (state.phase() != RolloutPhase.SWITCH) {
            state = rollout.advance(state).state();
        }
        RolloutState atSwitch = state;
        assertThatThrownBy(() -> rollout.advance(atSwitch)).isInstanceOf(IOException.class);
        world.faults = (deed, after) -> RolloutWorld.Fault.NONE;
        assertThat(rollout.advance(atSwitch).state().phase()).isEqualTo(RolloutPhase.WATCH);
    }

    @Test
    void clockThatIsPutBackDoesNotMoveTheDeadline() throws Exception {
        RolloutWorld world = new RolloutWorld(Optional.of(OLD));
        world.health = release -> release.equals(NEW) ? ILL : HEALTHY;
        Rollout rollout = new Rollout(PLAN, world, world);
        RolloutState state = rollout.begin();
        world.now -= 500_000;
        int steps = 0;
        while (!state.phase().terminal()) {
            RolloutStep step = rollout.advance(state);
            state = step.state();
            world.now += step.delayMillis();
            steps++;
        }
        assertThat(steps).isLessThan(20);
    }

    @Test
    void stateSurvivesEveryStore() throws Exception {
        RolloutState state = new RolloutState(RolloutPhase.WATCH, NEW, OLD, 3, 1, 2, 77, "a reason\nin two lines");
        assertThat(RolloutState.fromEntries(state.toEntries())).isEqualTo(state);
        RolloutState first = RolloutState.begin(Optional.empty(), 5);
        assertThat(RolloutState.fromEntries(first.toEntries())).isEqualTo(first);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(state);
        }
    }

    @Test
    void damagedStateIsRefused() {
        RolloutState state = new RolloutState(RolloutPhase.WATCH, NEW, OLD, 3, 1, 2, 77, "");
        for (String key : state.toEntries().keySet()) {
            Map<String, String> entries = new HashMap<>(state.toEntries());
            entries.put(key, "\0");
            if (!key.equals("candidate.release") && !key.equals("before.release")) {
                assertThatThrownBy(() -> RolloutState.fromEntries(entries))
                        .as(key)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("damaged");
            }
        }
    }
}
