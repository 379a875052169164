package io.jenkins.plugins.mlops.registry.lineage.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelsTest {
    @Test
    void leavesWhatFits() {
        assertThat(Labels.fit("malignant", 100, 11)).isEqualTo("malignant");
    }

    @Test
    void cutsWhatDoesNotAndSaysSo() {
        String cut = Labels.fit("long-".repeat(40), 100, 11);
        assertThat(cut).startsWith("long-").endsWith("\u2026");
        assertThat(Labels.width(cut, 11)).isLessThanOrEqualTo(100);
    }

    @Test
    void countsWideSignsTwice() {
        assertThat(Labels.width("\u4e2d\u6587", 10)).isEqualTo(2 * Labels.width("ab", 10));
        assertThat(Labels.fit("\u4e2d\u6587\u6807\u7b7e".repeat(10), 100, 11)).hasSizeLessThan(10);
    }

    @Test
    void neverCutsAnEmojiInHalf() {
        String rockets = "\ud83d\ude80".repeat(20);
        for (int room = 10; room < 200; room += 3) {
            String cut = Labels.fit(rockets, room, 11);
            assertThat(cut.codePoints().filter(point -> Character.getType(point) == Character.SURROGATE))
                    .isEmpty();
        }
    }

    @Test
    void putsLineBreaksAndControlsOnOneLine() {
        assertThat(Labels.fit(" a\n\tb\u0007c ", 100, 11)).isEqualTo("a b c");
    }
}
