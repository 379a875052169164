package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntervalBarTest {
    @Test
    void placesValueAndIntervalOnTheSharedScale() {
        IntervalBar.Domain domain = new IntervalBar.Domain(0, 1, 0.5);
        IntervalBar bar = domain.bar("accuracy", 0.5, 0.25, 0.75);
        assertThat(bar.getX()).isEqualTo("60");
        assertThat(bar.getLower()).isEqualTo("32");
        assertThat(bar.getUpper()).isEqualTo("88");
        assertThat(bar.getLength()).isEqualTo("56");
        assertThat(bar.getReference()).isEqualTo("60");
        assertThat(bar.isInterval()).isTrue();
    }

    @Test
    void drawsOnlyWhatThereIs() {
        IntervalBar bar = new IntervalBar.Domain(0, 1, Double.NaN).bar("", 0.5, Double.NaN, Double.NaN);
        assertThat(bar.isInterval()).isFalse();
        assertThat(bar.isReferenced()).isFalse();
        assertThat(bar.isValued()).isTrue();
    }

    @Test
    void staysInsideWhateverTheBounds() {
        IntervalBar bar = new IntervalBar.Domain(0, 1, Double.NaN).bar("", 2, -1, Double.POSITIVE_INFINITY);
        assertThat(bar.getX()).isEqualTo("116");
        assertThat(bar.getLower()).isEqualTo("4");
        assertThat(bar.getUpper()).isEqualTo("116");
    }

    @Test
    void showsAnIntervalThatIsTooShortToSee() {
        assertThat(new IntervalBar.Domain(0, 1, Double.NaN)
                        .bar("", 0.5, 0.5, 0.5)
                        .getLength())
                .isEqualTo("1.5");
    }
}
