package io.jenkins.mlops.monitor.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.table.TableLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorComparisonTest {
    @TempDir
    Path folder;

    private static DriftOptions options(DriftStatistic statistic) {
        return DriftOptions.DEFAULT.withRules(Map.of("emb", DriftRule.of(statistic)));
    }

    /** Vectors whose numbers go together, or against each other: each number by itself looks the same. */
    private static TableSample sample(int rows, int width, double together, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TableSample sample = new TableSample(1_000_000, width + 1);
        for (int i = 0; i < rows; i++) {
            double common = random.nextGaussian();
            for (int k = 0; k < width; k++) {
                double sign = k % 2 == 0 ? 1 : together;
                sample.number("emb[" + k + "]", sign * common + 0.2 * random.nextGaussian(), false);
            }
            sample.number("amount", random.nextGaussian(), false);
            sample.endRow();
        }
        return sample;
    }

    @Test
    void seesWhatNoSingleColumnShows() {
        TableSample reference = sample(400, 4, 1, 1);
        DriftReport same = DriftDetector.compare(reference, sample(400, 4, 1, 2), options(DriftStatistic.MMD));
        assertThat(same.columns()).extracting(ColumnDrift::column).containsExactly("emb", "amount");
        assertThat(same.columns().get(0).drifted()).isFalse();
        assertThat(same.columns().get(0).kind()).isEqualTo(ColumnKind.VECTOR);
        DriftReport turned = DriftDetector.compare(reference, sample(400, 4, -1, 3), options(DriftStatistic.MMD));
        assertThat(turned.columns().get(0).drifted()).isTrue();
        assertThat(turned.columns().get(0).notes()).isEmpty();
        DriftReport alone = DriftDetector.compare(reference, sample(400, 4, -1, 3), DriftOptions.DEFAULT);
        assertThat(alone.columns()).hasSize(5).noneMatch(ColumnDrift::drifted);
    }

    @Test
    void aClassifierTellsVectorsApartThatHaveMoved() {
        TableSample reference = sample(300, 3, 1, 1);
        TableSample moved = new TableSample(1_000_000, 3);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 300; i++) {
            for (int k = 0; k < 3; k++) {
                moved.number("emb[" + k + "]", 3 + random.nextGaussian(), false);
            }
            moved.endRow();
        }
        ColumnDrift drift = DriftDetector.compare(reference, moved, options(DriftStatistic.DOMAIN_CLASSIFIER))
                .columns()
                .get(0);
        assertThat(drift.drifted()).isTrue();
        assertThat(drift.statistic()).isGreaterThan(0.9);
    }

    private static ColumnDrift compared(TableSample reference, TableSample current) {
        return DriftDetector.compare(reference, current, options(DriftStatistic.MMD))
                .columns()
                .get(0);
    }

    @Test
    void vectorsThatVanishedOrHaveAnotherLengthHaveDrifted() {
        TableSample reference = sample(100, 3, 1, 1);
        ColumnDrift gone = compared(reference, sample(100, 0, 1, 1));
        assertThat(gone.drifted()).isTrue();
        assertThat(gone.notes()).containsExactly("The vectors have vanished: the current data don't have them.");
        ColumnDrift longer = compared(reference, sample(100, 4, 1, 1));
        assertThat(longer.drifted()).isTrue();
        assertThat(longer.notes()).containsExactly("The vectors had 3 numbers and have 4 now.");
    }

    @Test
    void whatCannotBeComparedIsSaidAndIsNoDrift() {
        TableSample whole = sample(100, 3, 1, 1);
        TableSample lacking = sample(100, 3, 1, 1);
        lacking.number("emb[1]", 1, false);
        lacking.endRow();
        assertThat(compared(whole, lacking).drifted()).isFalse();
        assertThat(compared(whole, lacking).notes())
                .containsExactly("Some vectors of the current data lack numbers, or have text in place of them.");
        assertThat(compared(sample(100, 0, 1, 1), whole).notes())
                .containsExactly("The reference has no columns emb[0] or emb_0 and on.");
        List<ColumnProfile> columns = List.of(
                new ColumnProfile("emb[0]", ColumnType.NUMBER, 0, 100, true, null, -1, -1, List.of()),
                new ColumnProfile("emb[1]", ColumnType.NUMBER, 0, 100, true, null, -1, -1, List.of()),
                new ColumnProfile("emb[2]", ColumnType.NUMBER, 0, 100, true, null, -1, -1, List.of()));
        ColumnDrift profiled = compared(TableSample.of(new DataProfile(100, columns)), whole);
        assertThat(profiled.drifted()).isFalse();
        assertThat(profiled.notes()).hasSize(1).first().asString().contains("Name a file of rows as reference");
    }

    @Test
    void columnsAreInTheOrderOfTheirNumbers() throws IOException {
        StringBuilder one = new StringBuilder("emb_0,emb_1,emb_10\n");
        StringBuilder two = new StringBuilder("emb10,emb1,emb0\n");
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 60; i++) {
            double a = random.nextGaussian();
            double b = 10 + random.nextGaussian();
            one.append(a).append(',').append(b).append(",100\n");
            two.append("100,").append(b).append(',').append(a).append('\n');
        }
        ColumnDrift same = compared(read("one.csv", one), read("two.csv", two));
        assertThat(same.notes()).isEmpty();
        assertThat(same.drifted()).isFalse();
        assertThat(same.pValue()).isGreaterThan(0.5);
    }

    private TableSample read(String file, CharSequence text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        return TableSample.read(folder.resolve(file), DataFormat.CSV, TableLimits.DEFAULT, 1_000_000);
    }
}
