package io.jenkins.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final long YEAR = TimeUnit.DAYS.toMillis(365);

    private long wall = 1_700_000_000_000L;
    private long steady = Long.MAX_VALUE - 1_000;
    private final ClockWatch watch = new ClockWatch(() -> wall, () -> steady);

    private boolean after(long seconds) {
        wall += seconds * 1_000;
        steady += seconds * 1_000_000_000L;
        return watch.isSteady();
    }

    @Test
    void aClockThatGoesIsSteadyFromTheFirstLook() {
        assertThat(watch.isSteady()).isTrue();
        for (int i = 0; i < 100; i++) {
            wall += 500; // half a second a minute fast: a time server slews it
            assertThat(after(60)).isTrue();
        }
    }

    @Test
    void aYearForwardAndBackIsNeverActedUpon() {
        watch.isSteady();
        wall += YEAR;
        for (int minute = 0; minute < 9; minute++) {
            assertThat(after(60)).isFalse();
        }
        wall -= YEAR;
        assertThat(after(60)).isFalse();
        for (int minute = 0; minute < 9; minute++) {
            assertThat(after(60)).isFalse();
        }
        assertThat(after(60)).isTrue();
    }

    @Test
    void aJumpThatStaysIsTheTimeAfterTenMinutes() {
        watch.isSteady();
        wall -= YEAR;
        assertThat(after(60)).isFalse();
        assertThat(after(599)).isFalse();
        assertThat(after(1)).isTrue();
    }
}
