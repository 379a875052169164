package io.jenkins.mlops.monitor.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.Profiler;
import io.jenkins.mlops.data.table.TableLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftDetectorTest {
    private static TableSample sample(int rows, IntFunction<Object> x) {
        return sample(1_000_000, rows, x);
    }

    private static TableSample sample(long exact, int rows, IntFunction<Object> x) {
        TableSample sample = new TableSample(exact, 1);
        for (int i = 0; i < rows; i++) {
            put(sample, "x", x.apply(i));
            sample.endRow();
        }
        return sample;
    }

    private static void put(TableSample sample, String column, Object value) {
        if (value instanceof Double number) {
            sample.number(column, number, false);
        } else if (value instanceof Integer number) {
            sample.number(column, number, true);
        } else if (value instanceof Boolean truth) {
            sample.bool(column, truth);
        } else if (value != null) {
            sample.text(column, value.toString());
        }
    }

    private static ColumnDrift compare(TableSample reference, TableSample current, DriftOptions options) {
        return DriftDetector.compare(reference, current, options).columns().get(0);
    }

    private static DriftStatistic chosen(int rows, IntFunction<Object> x) {
        return compare(sample(rows, x), sample(rows, x), DriftOptions.DEFAULT)
                .rule()
                .statistic();
    }

    @Test
    void choosesAsEvidentlyDoes() {
        assertThat(chosen(1_000, i -> i % 6)).isEqualTo(DriftStatistic.KOLMOGOROV_SMIRNOV);
        assertThat(chosen(1_000, i -> i % 5)).isEqualTo(DriftStatistic.CHI_SQUARE);
        assertThat(chosen(1_000, i -> i % 2)).isEqualTo(DriftStatistic.TWO_PROPORTION_Z);
        assertThat(chosen(1_000, i -> "v" + i % 3)).isEqualTo(DriftStatistic.CHI_SQUARE);
        assertThat(chosen(1_000, i -> i % 2 == 0)).isEqualTo(DriftStatistic.TWO_PROPORTION_Z);
        assertThat(chosen(1_001, i -> i % 6)).isEqualTo(DriftStatistic.WASSERSTEIN);
        assertThat(chosen(1_001, i -> i % 5)).isEqualTo(DriftStatistic.JENSEN_SHANNON);
        assertThat(chosen(1_001, i -> "v" + i % 3)).isEqualTo(DriftStatistic.JENSEN_SHANNON);
        assertThat(chosen(1_100, i -> i < 1_000 ? (Object) (i / 7.0) : null))
                .as("missing cells don't count")
                .isEqualTo(DriftStatistic.KOLMOGOROV_SMIRNOV);
    }

    @Test
    void findsDriftAndCountsIt() {
        TableSample reference = new TableSample(100_000, 3);
        TableSample current = new TableSample(100_000, 3);
        for (int i = 0; i < 500; i++) {
            reference.number("a", i / 10.0, false);
            current.number("a", i / 10.0 + 20, false);
            reference.text("b", "v" + i % 3);
            current.text("b", "v" + i % 3);
            reference.text("id", "i" + i);
            current.text("id", "i" + i);
            current.bool("new", true);
            reference.endRow();
            current.endRow();
        }
        DriftReport report =
                DriftDetector.compare(reference, current, DriftOptions.DEFAULT.withColumns(List.of(), List.of("id")));

        assertThat(report.columns()).extracting(ColumnDrift::drifted).containsExactly(true, false);
        assertThat(report.share()).isEqualTo(0.5);
        assertThat(report.drifted()).isTrue();
        assertThat(report.notes()).containsExactly("The column 'new' is not in the reference; it is not compared.");
        DriftHistogram histogram = report.columns().get(0).histogram();
        assertThat(histogram.edges().get(0)).isZero();
        assertThat(histogram.reference().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(500);
        assertThat(histogram.current().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(500);
    }

    @Test
    void comparesNothingWithTooFewRows() {
        DriftReport report = DriftDetector.compare(sample(100, i -> i), sample(29, i -> i), DriftOptions.DEFAULT);

        assertThat(report.columns()).isEmpty();
        assertThat(report.drifted()).isFalse();
        assertThat(report.share()).isNaN();
        assertThat(report.notes().get(0)).contains("100 rows", "29", "30 on each side");
    }

    @Test
    void aColumnThatNeedNotBeThereIsNoDrift() {
        TableSample reference = new TableSample(100_000, 2);
        TableSample current = new TableSample(100_000, 1);
        for (int i = 0; i < 100; i++) {
            reference.number("x", i, true);
            reference.number("label", i % 2, true);
            reference.endRow();
            current.number("x", i, true);
            current.endRow();
        }
        DriftReport strict = DriftDetector.compare(reference, current, DriftOptions.DEFAULT);
        assertThat(strict.drifted()).isTrue();
        DriftReport report =
                DriftDetector.compare(reference, current, DriftOptions.DEFAULT.withOptional(List.of("x", "label")));
        assertThat(report.drifted()).isFalse();
        assertThat(report.columns()).extracting(ColumnDrift::column).containsExactly("x");
        assertThat(report.notes())
                .containsExactly("The column 'label' is in the reference alone: what serves doesn't ask" + " for it.");
    }

    @Test
    void saysThatAColumnVanishedOrChangedItsType() {
        TableSample empty = new TableSample(10, 1);
        for (int i = 0; i < 50; i++) {
            empty.endRow();
        }
        ColumnDrift gone = compare(sample(50, i -> i), empty, DriftOptions.DEFAULT);
        assertThat(gone.drifted()).isTrue();
        assertThat(gone.statistic()).isNaN();
        assertThat(gone.notes()).anyMatch(note -> note.contains("vanished"));

        ColumnDrift missing = compare(sample(50, i -> i), sample(50, i -> Double.NaN), DriftOptions.DEFAULT);
        assertThat(missing.drifted()).isTrue();
        assertThat(missing.currentMissing()).isEqualTo(1);
        assertThat(missing.notes()).anyMatch(note -> note.contains("50 now"));

        ColumnDrift text = compare(sample(50, i -> i), sample(50, i -> "v" + i), DriftOptions.DEFAULT);
        assertThat(text.drifted()).isTrue();
        assertThat(text.notes()).contains("The column's type has changed from INTEGER to TEXT.");
        assertThat(DriftDetector.compare(empty, sample(50, i -> i), DriftOptions.DEFAULT)
                        .columns())
                .isEmpty();
    }

    @Test
    void comparesConstantColumnsAndLeavesOutWhatIsNotFinite() {
        ColumnDrift same = compare(sample(2_000, i -> 7.5), sample(2_000, i -> 7.5), DriftOptions.DEFAULT);
        assertThat(same.drifted()).isFalse();
        assertThat(same.notes()).contains("The reference is constant: 7.5.");
        ColumnDrift other = compare(sample(2_000, i -> 7.5), sample(2_000, i -> 7.75), DriftOptions.DEFAULT);
        assertThat(other.drifted()).isTrue();

        IntFunction<Object> odd =
                i -> i % 3 == 0 ? Double.POSITIVE_INFINITY : i % 3 == 1 ? Double.NaN : (Object) (i / 3.0);
        ColumnDrift infinite = compare(sample(600, odd), sample(600, odd), DriftOptions.DEFAULT);
        assertThat(infinite.statistic()).isZero();
        assertThat(infinite.referenceMissing()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void looksAtMissingCellsAndNewCategories() {
        DriftReport report = DriftDetector.compare(
                sample(1_000, i -> i % 10 == 0 ? null : "v" + i % 3),
                sample(1_000, i -> i % 5 == 0 ? null : i % 50 == 1 ? "new" : "v" + i % 3),
                DriftOptions.DEFAULT);

        assertThat(report.details())
                .extracting(detail -> detail.rule().statistic())
                .containsExactly(DriftStatistic.MISSING_RATE, DriftStatistic.NEW_CATEGORIES);
        assertThat(report.details().get(0).statistic()).isCloseTo(0.1, within(1e-12));
        assertThat(report.columns().get(0).notes())
                .anyMatch(note -> note.startsWith("20 cells") && note.contains("'new'"));
    }

    @Test
    void correctsForManyTests() {
        TableSample reference = new TableSample(1_000_000, 40);
        TableSample current = new TableSample(1_000_000, 40);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            for (int column = 0; column < 40; column++) {
                reference.number("c" + column, random.nextDouble(), false);
                current.number("c" + column, random.nextDouble() + (column == 0 ? 0.5 : 0), false);
            }
            reference.endRow();
            current.endRow();
        }
        DriftReport raw = DriftDetector.compare(reference, current, DriftOptions.DEFAULT);
        for (Correction correction : List.of(Correction.BONFERRONI, Correction.HOLM, Correction.BENJAMINI_HOCHBERG)) {
            DriftReport corrected =
                    DriftDetector.compare(reference, current, DriftOptions.DEFAULT.withCorrection(correction));
            assertThat(corrected.driftedColumns()).isEqualTo(1).isLessThanOrEqualTo(raw.driftedColumns());
            assertThat(corrected.columns().get(0).drifted()).isTrue();
        }
    }

    @Test
    void refusesAStatisticThatIsNoneForAColumn() {
        DriftOptions options = DriftOptions.DEFAULT.withRules(Map.of("x", DriftRule.of(DriftStatistic.WASSERSTEIN)));
        ColumnDrift drift = compare(sample(100, i -> "v" + i % 3), sample(100, i -> "v" + i % 3), options);
        assertThat(drift.statistic()).isNaN();
        assertThat(drift.drifted()).isFalse();
        assertThat(drift.notes()).contains("The statistic 'wasserstein' is none for a column of this kind.");
    }

    @Test
    void keepsToItsErrorWhenItSketches() {
        int n = 200_000;
        SplittableRandom random = new SplittableRandom(11);
        double[] a = random.doubles(n).toArray();
        double[] b = random.doubles(n).map(x -> Math.pow(x, 1.3)).toArray();
        DriftOptions options = DriftOptions.DEFAULT;
        ColumnDrift exact = compare(sample(n, i -> a[i]), sample(n, i -> b[i]), options);
        ColumnDrift sketched = compare(sample(1_000, n, i -> a[i]), sample(1_000, n, i -> b[i]), options);

        assertThat(exact.approximate()).isFalse();
        assertThat(sketched.approximate()).isTrue();
        assertThat(sketched.error()).isPositive().isLessThan(0.05);
        assertThat(sketched.statistic()).isCloseTo(exact.statistic(), within(sketched.error()));
        DriftOptions ks =
                options.withDefaults(Map.of(ColumnKind.NUMERIC, DriftRule.of(DriftStatistic.KOLMOGOROV_SMIRNOV)));
        ColumnDrift sketchedKs = compare(sample(1_000, n, i -> a[i]), sample(1_000, n, i -> b[i]), ks);
        assertThat(sketchedKs.statistic())
                .isCloseTo(
                        compare(sample(n, i -> a[i]), sample(n, i -> b[i]), ks).statistic(),
                        within(sketchedKs.error()));
    }

    @Test
    void comparesWithAKeptProfile(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("x,c\n");
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 5_000; i++) {
            text.append(random.nextDouble()).append(",v").append(i % 4).append('\n');
        }
        Path file = folder.resolve("train.csv");
        Files.writeString(file, text);
        DataProfile profile = Profiler.profile(file, DataFormat.CSV, TableLimits.DEFAULT);
        TableSample rows = TableSample.read(file, DataFormat.CSV, TableLimits.DEFAULT, 1_000_000);

        DriftReport same = DriftDetector.compare(TableSample.of(profile), rows, DriftOptions.DEFAULT);
        assertThat(same.columns()).extracting(ColumnDrift::drifted).containsExactly(false, false);
        assertThat(same.columns()).extracting(ColumnDrift::approximate).containsExactly(true, false);
        TableSample moved = new TableSample(100_000, 2);
        for (int i = 0; i < 5_000; i++) {
            moved.number("x", random.nextDouble() + 0.2, false);
            moved.text("c", i % 2 == 0 ? "v0" : "v9");
            moved.endRow();
        }
        DriftReport drifted = DriftDetector.compare(TableSample.of(profile), moved, DriftOptions.DEFAULT);
        assertThat(drifted.columns()).extracting(ColumnDrift::drifted).containsExactly(true, true);
        ColumnDrift exact = DriftDetector.compare(rows, moved, DriftOptions.DEFAULT)
                .columns()
                .get(0);
        assertThat(drifted.columns().get(0).statistic())
                .isCloseTo(exact.statistic(), within(drifted.columns().get(0).error()));
    }

    @Test
    void knowsAProfilesRestByItsSizeOnly() {
        ColumnProfile column = new ColumnProfile(
                "c",
                io.jenkins.mlops.data.ColumnType.TEXT,
                0,
                500,
                true,
                null,
                1,
                5,
                List.of(new io.jenkins.mlops.data.ValueCount("a", 600, 0)));
        TableSample reference = TableSample.of(new DataProfile(1_000, List.of(column)));
        TableSample current = new TableSample(0, 1);
        for (int i = 0; i < 1_000; i++) {
            current.text("c", i < 600 ? "a" : "z" + i % 300);
            current.endRow();
        }
        ColumnDrift drift = DriftDetector.compare(reference, current, DriftOptions.DEFAULT)
                .columns()
                .get(0);
        assertThat(drift.approximate()).isTrue();
        assertThat(drift.statistic()).isZero();
        assertThat(drift.histogram().labels()).containsExactly("a", DriftHistogram.OTHERS);
    }

    @Test
    void boundsAMillionCategories() {
        IntFunction<Object> values = i -> i % 2 == 0 ? "common" : "v" + i;
        TableSample reference = sample(1_000_000, values);
        DriftOptions options = DriftOptions.DEFAULT
                .withKinds(Map.of("x", ColumnKind.CATEGORICAL))
                .withDefaults(Map.of(ColumnKind.CATEGORICAL, DriftRule.of(DriftStatistic.TOTAL_VARIATION)));
        ColumnDrift drift = compare(reference, sample(1_000_000, values), options);

        assertThat(drift.approximate()).isTrue();
        assertThat(drift.error()).isLessThan(0.001);
        assertThat(drift.statistic()).isLessThan(drift.error() + 1e-12);
        TableSample ids = sample(200_000, i -> "id" + i);
        DriftReport passedOver = DriftDetector.compare(ids, ids, DriftOptions.DEFAULT);
        assertThat(passedOver.columns()).isEmpty();
        assertThat(passedOver.notes().get(0)).startsWith("The column 'x' holds ids");
    }

    @Test
    void comparesTenThousandColumns() {
        TableSample reference = new TableSample(100_000, 10_000);
        for (int i = 0; i < 40; i++) {
            for (int column = 0; column < 10_000; column++) {
                reference.number("c" + column, (i * 7 + column) % 40, true);
            }
            reference.endRow();
        }
        DriftReport report = DriftDetector.compare(reference, reference, DriftOptions.DEFAULT);

        assertThat(report.columns()).hasSize(10_000);
        assertThat(report.driftedColumns()).isZero();
        assertThat(report.compact().columns().stream()
                        .filter(column -> !column.histogram().none()))
                .hasSize(DriftReport.HISTOGRAMS);
    }

    private static TableSample texts(int rows, String... sentences) {
        return sample(rows, i -> sentences[i % sentences.length] + " number " + i % 7);
    }

    @Test
    void comparesTexts() {
        TableSample english =
                texts(400, "the cat sat on the mat and it was good", "this is not what you have asked for");
        TableSample german =
                texts(400, "die Katze sitzt auf der Matte und das ist gut", "das ist nicht was wir von dir");
        DriftReport same = DriftDetector.compare(english, english, DriftOptions.DEFAULT);
        DriftReport other = DriftDetector.compare(english, german, DriftOptions.DEFAULT);

        assertThat(same.columns().get(0).kind()).isEqualTo(ColumnKind.TEXT);
        assertThat(same.columns().get(0).statistic()).isLessThan(0.55);
        assertThat(same.columns().get(0).drifted()).isFalse();
        assertThat(other.columns().get(0).statistic()).isGreaterThan(0.99);
        assertThat(other.details())
                .extracting(detail -> detail.rule().statistic())
                .containsExactly(
                        DriftStatistic.TEXT_LENGTH, DriftStatistic.TEXT_LANGUAGE, DriftStatistic.TEXT_VOCABULARY);
        assertThat(other.details().get(1).statistic()).isEqualTo(1);
        assertThat(Language.of("Привет, мир", TextSample.words("Привет, мир", 10)))
                .isEqualTo("cyrillic");
        assertThat(Language.of("123 !", List.of())).isEqualTo("none");
    }

    @Test
    void tellsEmbeddingsApart() {
        double[][] one = LinearSamples.rows(1, 300, 16, 0);
        double[][] two = LinearSamples.rows(2, 300, 16, 0);
        double[][] moved = LinearSamples.rows(3, 300, 16, 0.3);

        assertThat(DomainClassifier.ofVectors(one, two)).isBetween(0.42, 0.58);
        assertThat(DomainClassifier.ofVectors(one, moved)).isGreaterThan(0.95);
        assertThat(MaximumMeanDiscrepancy.between(one, two, 100).pValue()).isGreaterThan(0.05);
        assertThat(MaximumMeanDiscrepancy.between(one, moved, 100).pValue()).isLessThan(0.01);
        assertThat(DomainClassifier.ofVectors(new double[3][2], one)).isNaN();
    }

    @Test
    void readsCellsAsTheyAre() {
        TableSample sample = new TableSample(100, 1);
        for (String cell : List.of("1", "2.5", "", "NA", "nan", "inf", "true")) {
            sample.cell("x", cell.getBytes(StandardCharsets.UTF_8));
            sample.endRow();
        }
        assertThat(sample.rows()).isEqualTo(7);
        assertThat(sample.column("x").present()).isEqualTo(3);
        assertThat(sample.column("x").notFinite()).isEqualTo(2);
        assertThat(sample.column("x").categories().counts().keySet()).containsExactlyInAnyOrder("1", "2.5", "true");
    }
}
