package io.jenkins.mlops.monitor.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.SignalState;
import io.jenkins.mlops.monitor.signal.Observation.Finding;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignalTrackTest {
    private static List<SignalState> states(String windows, Hysteresis hysteresis) {
        List<SignalState> states = new ArrayList<>();
        SignalTrack track = SignalTrack.quiet("drift", 0);
        for (int i = 0; i < windows.length(); i++) {
            track = track.observe(observation(windows.charAt(i), i), hysteresis);
            states.add(track.state());
        }
        return states;
    }

    private static Observation observation(char c, int i) {
        Finding finding = c == 'b' ? Finding.BAD : c == 'g' ? Finding.GOOD : Finding.INCONCLUSIVE;
        return new Observation("w" + i, finding, Severity.WARNING, "seen " + i, 1_000L * i);
    }

    @Test
    void goesThroughItsStates() {
        assertThat(states("gbgbgbbgbgg", new Hysteresis(2, 2, 2)))
                .containsExactly(
                        SignalState.OK,
                        SignalState.SUSPECT,
                        SignalState.SUSPECT,
                        SignalState.SUSPECT,
                        SignalState.SUSPECT,
                        SignalState.SUSPECT,
                        SignalState.ALARM,
                        SignalState.RECOVERING,
                        SignalState.ALARM,
                        SignalState.RECOVERING,
                        SignalState.OK);
        assertThat(states("bgg", new Hysteresis(2, 2, 1)))
                .containsExactly(SignalState.SUSPECT, SignalState.SUSPECT, SignalState.OK);
        assertThat(states("bgbb", Hysteresis.NONE))
                .containsExactly(SignalState.ALARM, SignalState.OK, SignalState.ALARM, SignalState.ALARM);
        assertThat(states("b?b", new Hysteresis(2, 2, 1)))
                .containsExactly(SignalState.SUSPECT, SignalState.SUSPECT, SignalState.ALARM);
        assertThat(states("bbbggb", new Hysteresis(2, 10, 2)))
                .as("what has healed is not held against it")
                .endsWith(SignalState.OK, SignalState.SUSPECT);
    }

    @Test
    void takesTheGreatestSeverityLookedBackOn() {
        SignalTrack track = SignalTrack.quiet("drift", 0)
                .observe(new Observation("1", Finding.BAD, Severity.CRITICAL, "", 1), Hysteresis.DEFAULT)
                .observe(new Observation("2", Finding.BAD, Severity.WARNING, "", 2), Hysteresis.DEFAULT);
        assertThat(track.severity()).isEqualTo(Severity.CRITICAL);
        for (int i = 3; i < 6; i++) {
            track = track.observe(new Observation("" + i, Finding.BAD, Severity.INFO, "", i), Hysteresis.DEFAULT);
        }
        assertThat(track.severity()).isEqualTo(Severity.INFO);
    }

    @Property
    void agreesWithTheDefinition(
            @ForAll @Size(max = 80) List<Boolean> bad,
            @ForAll @IntRange(min = 1, max = 6) int of,
            @ForAll @IntRange(min = 1, max = 6) int some,
            @ForAll @IntRange(min = 1, max = 6) int heal) {
        Hysteresis hysteresis = new Hysteresis(Math.min(some, of), of, heal);
        SignalTrack track = SignalTrack.quiet("drift", 0);
        boolean alarmed = false;
        List<Boolean> since = new ArrayList<>();
        for (int i = 0; i < bad.size(); i++) {
            SignalTrack before = track;
            track = track.observe(observation(bad.get(i) ? 'b' : 'g', i), hysteresis);
            since.add(bad.get(i));
            long recentBad = last(since, of).stream().filter(b -> b).count();
            boolean healed = since.size() >= heal && last(since, heal).stream().noneMatch(b -> b);
            if (!alarmed && bad.get(i) && recentBad >= hysteresis.bad()) {
                alarmed = true;
            } else if (alarmed && healed) {
                alarmed = false;
                since.clear();
            }
            boolean inAlarm = track.state() == SignalState.ALARM || track.state() == SignalState.RECOVERING;
            assertThat(inAlarm).isEqualTo(alarmed);
            assertThat(track.state() == SignalState.ALARM).isEqualTo(alarmed && bad.get(i));
            assertThat(track.sinceMillis())
                    .isEqualTo(track.state() == before.state() ? before.sinceMillis() : 1_000L * i);
        }
    }

    private static List<Boolean> last(List<Boolean> list, int count) {
        return list.subList(Math.max(0, list.size() - count), list.size());
    }

    @Property
    void countsAWindowOnceAndNeverRunsBack(@ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> jumps) {
        SignalTrack track = SignalTrack.quiet("drift", 10_000);
        long before = 0;
        for (int i = 0; i < jumps.size(); i++) {
            Observation observation = new Observation(
                    "w" + i, i % 3 == 0 ? Finding.GOOD : Finding.BAD, Severity.WARNING, "", jumps.get(i) * 5_000L);
            track = track.observe(observation, Hysteresis.DEFAULT);
            assertThat(track.observe(observation, Hysteresis.DEFAULT)).isEqualTo(track);
            assertThat(track.lastMillis()).isGreaterThanOrEqualTo(before);
            before = track.lastMillis();
        }
    }

    @Test
    void refusesWhatCanNeverBe() {
        assertThatThrownBy(() -> new Hysteresis(4, 3, 1)).hasMessage("Expected from 1 to 3 bad windows, found 4.");
        assertThatThrownBy(() -> new Hysteresis(1, 61, 1)).hasMessageContaining("1 to 60 windows");
    }
}
