package io.jenkins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignalTest {
    private static Signal after(int toAlarm, int toHeal, Boolean... observations) {
        Signal signal = Signal.quiet(0);
        long now = 0;
        for (boolean good : observations) {
            signal = signal.observe(good, toAlarm, toHeal, ++now);
        }
        return signal;
    }

    @Test
    void oneBadObservationIsNoAlarm() {
        assertThat(after(3, 2, true, false).state()).isEqualTo(SignalState.SUSPECT);
        assertThat(after(3, 2, true, false, true).state()).isEqualTo(SignalState.OK);
    }

    @Test
    void enoughBadObservationsInARowAreAnAlarm() {
        assertThat(after(3, 2, false, false, false)).isEqualTo(new Signal(SignalState.ALARM, 3, 3));
        assertThat(after(1, 1, false).state()).isEqualTo(SignalState.ALARM);
    }

    @Test
    void anAlarmEndsOnlyAfterEnoughGoodOnes() {
        assertThat(after(2, 2, false, false, true)).isEqualTo(new Signal(SignalState.RECOVERING, 1, 3));
        assertThat(after(2, 2, false, false, true, false).state()).isEqualTo(SignalState.ALARM);
        assertThat(after(2, 2, false, false, true, true)).isEqualTo(new Signal(SignalState.OK, 2, 4));
    }

    @Property
    void alarmsNeedTheirNumberOfBadObservationsInARow(
            @ForAll @Size(max = 60) List<Boolean> observations,
            @ForAll @IntRange(min = 1, max = 5) int toAlarm,
            @ForAll @IntRange(min = 1, max = 5) int toHeal) {
        Signal signal = Signal.quiet(0);
        int bad = 0;
        int good = 0;
        for (int i = 0; i < observations.size(); i++) {
            Signal before = signal;
            bad = observations.get(i) ? 0 : bad + 1;
            good = observations.get(i) ? good + 1 : 0;
            signal = before.observe(observations.get(i), toAlarm, toHeal, i + 1);
            boolean wasAlarm = before.state() == SignalState.ALARM || before.state() == SignalState.RECOVERING;
            if (!wasAlarm && signal.state() == SignalState.ALARM) {
                assertThat(bad).isGreaterThanOrEqualTo(toAlarm);
            }
            if (wasAlarm && signal.state() == SignalState.OK) {
                assertThat(good).isGreaterThanOrEqualTo(toHeal);
            }
            if (bad >= toAlarm) {
                assertThat(signal.state()).isEqualTo(SignalState.ALARM);
            }
            assertThat(signal.sinceMillis()).isEqualTo(before.state() == signal.state() ? before.sinceMillis() : i + 1);
        }
    }

    @Test
    void refusesThresholdsThatNothingCanReach() {
        assertThatThrownBy(() -> Signal.quiet(0).observe(true, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signal(null, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
