package io.jenkins.mlops.monitor.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.retraining.RetrainingAttempt.State;
import io.jenkins.mlops.monitor.retraining.RetrainingDecision.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action.Independent;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** A trigger that never helps turns itself down, and one that helps again turns itself up: as a state machine. */
class TurningDownTest {
    private static final int AFTER = 3;
    private static final long DAY = 86_400_000L;
    private static final RetrainingPolicy POLICY = new RetrainingPolicy(
            Map.of(Severity.CRITICAL, RetrainingPolicy.Route.AUTOMATIC),
            DAY,
            new RetrainingBudget(1_000, RetrainingBudget.UNLIMITED, RetrainingBudget.UNLIMITED),
            List.of(),
            0,
            AFTER);

    /** What is kept, and the model's own count of retrainings in vain. */
    private static final class World {
        private final List<RetrainingAttempt> history = new ArrayList<>();
        private long now = 1_700_000_000_000L;
        private int vain;
        private int number;

        private RetrainingDecision ask() {
            now += 2 * DAY;
            RetrainingRequest request =
                    new RetrainingRequest("m", "iris", "drift", Severity.CRITICAL, "w" + ++number, "", -1, "", null);
            RetrainingDecision decision = POLICY.decide(request, List.copyOf(history), now);
            boolean down = vain >= AFTER;
            assertThat(decision.action()).isEqualTo(down ? Action.SUGGEST : Action.RETRAIN);
            assertThat(decision.turnedDown()).isEqualTo(down);
            assertThat(String.join(" ", decision.reasons()).contains("didn't help; until one does"))
                    .as("it says so")
                    .isEqualTo(down);
            return decision;
        }

        private void ends(String monitor, State state, Effect effect) {
            history.add(RetrainingAttempt.of(
                            new RetrainingRequest(
                                    monitor, "iris", "drift", Severity.CRITICAL, "e" + ++number, "", -1, "", null),
                            State.CLAIMED,
                            now)
                    .in(state, "train#" + number, now + 1)
                    .with(null, effect));
        }
    }

    private static Independent<World> retrained(Effect effect) {
        return of("it asks, and " + effect, world -> {
            world.ask();
            world.ends("m", State.SUCCEEDED, effect);
            world.vain = effect == Effect.HELPED ? 0 : world.vain + (effect == Effect.UNKNOWN ? 0 : 1);
        });
    }

    private static Independent<World> of(String name, java.util.function.Consumer<World> change) {
        return () -> Arbitraries.just(Transformer.mutate(name, change::accept));
    }

    @Provide
    Arbitrary<ActionChain<World>> lives() {
        return ActionChain.startWith(World::new)
                .withAction(3, retrained(Effect.NO_DIFFERENCE))
                .withAction(2, retrained(Effect.HARMED))
                .withAction(1, retrained(Effect.HELPED))
                .withAction(1, retrained(Effect.UNKNOWN))
                .withAction(1, of("its build fails", world -> {
                    world.ask();
                    world.ends("m", State.FAILED, Effect.UNKNOWN);
                    world.vain++;
                }))
                .withAction(1, of("a person declines", world -> {
                    world.ask();
                    world.ends("m", State.DISMISSED, Effect.UNKNOWN);
                }))
                .withAction(
                        1,
                        of(
                                "another monitor's is in vain",
                                world -> world.ends("other", State.SUCCEEDED, Effect.NO_DIFFERENCE)))
                .withMaxTransformations(40);
    }

    @Property(tries = 200)
    void turnsItselfDownAndUp(@ForAll("lives") ActionChain<World> life) {
        life.run();
    }
}
