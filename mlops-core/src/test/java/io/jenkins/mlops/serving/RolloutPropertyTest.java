package io.jenkins.mlops.serving;

import static io.jenkins.mlops.serving.RolloutWorld.NEW;
import static io.jenkins.mlops.serving.RolloutWorld.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RolloutPropertyTest {
    @Property(tries = 2_000)
    void whateverFailsTheEndSaysWhatServes(
            @ForAll long seed,
            @ForAll boolean before,
            @ForAll boolean restarts,
            @ForAll boolean tries,
            @ForAll @IntRange(max = 40) int faultPercent,
            @ForAll @IntRange(max = 40) int illPercent,
            @ForAll @IntRange(max = 40) int abandonedAt)
            throws Exception {
        Random random = new Random(seed);
        RolloutWorld world = new RolloutWorld(before ? Optional.of(OLD) : Optional.empty());
        world.restarts = restarts || !tries;
        world.tries = tries;
        Rollout rollout = new Rollout(new RolloutPlan(2, 1_000, 8_000, 2_000, 2, true), world, world);
        RolloutState state = rollout.begin();
        world.faults = RolloutWorld.random(random, faultPercent);
        world.health = release -> draw(random, illPercent, release);
        world.smoke =
                release -> random.nextInt(100) < illPercent / 2 ? Observation.Outcome.ILL : Observation.Outcome.HEALTHY;
        int steps = 0;
        boolean smoked = false;
        boolean abandoned = false;
        while (!state.phase().terminal()) {
            assertThat(++steps).as("steps").isLessThan(2_000);
            if (steps == abandonedAt && state.phase().ordinal() < RolloutPhase.RETIRE.ordinal()) {
                state = rollout.abandon(state, "given up");
                abandoned = true;
            }
            RolloutPhase phase = state.phase();
            if (phase == RolloutPhase.SWITCH && tries) {
                assertThat(smoked).as("smoke before the switch").isTrue();
            }
            try {
                // Every step goes through the store, as over a restart.
                RolloutStep step = rollout.advance(RolloutState.fromEntries(state.toEntries()));
                smoked |= phase == RolloutPhase.SMOKE && step.state().phase() == RolloutPhase.SWITCH;
                state = step.state();
                world.now += step.delayMillis();
            } catch (IOException e) {
                assertThat(e).as("a refusal is never thrown on").isNotInstanceOf(ServingException.class);
                world.now += 1_000;
            }
            if (phase != RolloutPhase.RETIRE && !world.restarts && before) {
                assertThat(world.running)
                        .as("the version before stays warm until the watch is over")
                        .contains("r1");
            }
        }
        assertThat(abandoned && state.phase() == RolloutPhase.DONE)
                .as("done though given up")
                .isFalse();
        check(world, state, before);
    }

    private static Observation.Outcome draw(Random random, int illPercent, ServedRelease release) {
        if (random.nextInt(100) >= illPercent) {
            return Observation.Outcome.HEALTHY;
        }
        // The version before is merely slow at times: its death would be a different story.
        return release.equals(NEW) && random.nextInt(4) == 0 ? Observation.Outcome.DEAD : Observation.Outcome.ILL;
    }

    private static void check(RolloutWorld world, RolloutState end, boolean before) {
        switch (end.phase()) {
            case DONE -> {
                assertThat(world.serves).contains(NEW);
                assertThat(world.running).contains("r2");
                assertThat(world.lastOfNew()).contains(Observation.Outcome.HEALTHY);
            }
            case ROLLED_BACK -> {
                assertThat(before).isTrue();
                assertThat(world.serves).contains(OLD);
                assertThat(world.running).contains("r1");
                assertThat(end.reason()).isNotEmpty();
            }
            default -> {
                assertThat(end.reason()).isNotEmpty();
                assertThat(before && end.reason().isEmpty()).isFalse();
                assertThat(end.serving()).isEmpty();
            }
        }
    }
}
