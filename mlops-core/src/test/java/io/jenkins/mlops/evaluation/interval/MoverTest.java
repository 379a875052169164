package io.jenkins.mlops.evaluation.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MoverTest {
    private static Interval newcombe(long a, long m, long b, long n) {
        return Mover.difference(
                (double) b / n, Intervals.wilson(b, n, 0.95), (double) a / m, Intervals.wilson(a, m, 0.95));
    }

    /** Newcombe 1998, table II, method 10, examples (a), (b) and (e). */
    @Test
    void isNewcombesIntervalForTwoShares() {
        assertThat(newcombe(56, 70, 48, 80).lower()).isCloseTo(0.0524, within(5e-5));
        assertThat(newcombe(56, 70, 48, 80).upper()).isCloseTo(0.3339, within(5e-5));
        assertThat(newcombe(9, 10, 3, 10).lower()).isCloseTo(0.1705, within(5e-5));
        assertThat(newcombe(9, 10, 3, 10).upper()).isCloseTo(0.8090, within(5e-5));
        assertThat(newcombe(5, 56, 0, 29).lower()).isCloseTo(-0.0381, within(5e-5));
        assertThat(newcombe(5, 56, 0, 29).upper()).isCloseTo(0.1926, within(5e-5));
    }

    @Test
    void turnsWithItsSides() {
        Interval forth =
                Mover.difference(0.9, new Interval(0.85, 0.93, "wilson"), 0.95, new Interval(0.92, 0.97, "wilson"));
        Interval back =
                Mover.difference(0.95, new Interval(0.92, 0.97, "wilson"), 0.9, new Interval(0.85, 0.93, "wilson"));
        assertThat(forth.lower()).isEqualTo(-back.upper());
        assertThat(forth.upper()).isEqualTo(-back.lower());
    }

    @Test
    void isUnknownWhereASideIs() {
        Interval unknown = Mover.difference(
                Double.NaN, new Interval(0.85, 0.93, "wilson"), 0.95, new Interval(0.92, 0.97, "wilson"));
        assertThat(unknown.lower()).isNaN();
        assertThat(unknown.upper()).isNaN();
    }
}
