package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SketchTest {
    private static final double[] LEVELS = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

    /** 99 of 100 ranks may be off by no more than what is stated; here about a thousand are looked at. */
    @Test
    void quantilesKeepTheirStatedError() {
        SplittableRandom random = new SplittableRandom(11);
        int looked = 0;
        int off = 0;
        for (int round = 0; round < 120; round++) {
            int n = 20_000 + random.nextInt(80_000);
            double[] values = new double[n];
            QuantileSketch sketch = new QuantileSketch(200);
            QuantileSketch part = new QuantileSketch(200);
            for (int i = 0; i < n; i++) {
                values[i] = round % 3 == 0 ? i : round % 3 == 1 ? n - i : random.nextDouble();
                part.add(values[i]);
                if (random.nextInt(5000) == 0) {
                    sketch.merge(part);
                    part = new QuantileSketch(200);
                }
            }
            sketch.merge(part);
            assertThat(sketch.count()).isEqualTo(n);
            Arrays.sort(values);
            double[] found = sketch.quantiles(LEVELS);
            for (int i = 0; i < LEVELS.length; i++) {
                double rank = Arrays.binarySearch(values, found[i]) / (double) n;
                looked++;
                off += Math.abs(rank - LEVELS[i]) > sketch.rankError() ? 1 : 0;
            }
        }
        assertThat(off).isLessThanOrEqualTo(looked / 100);
    }

    @Test
    void fewNumbersAreExact() {
        QuantileSketch sketch = new QuantileSketch(200);
        for (int i = 100; i >= 0; i--) {
            sketch.add(i);
        }
        assertThat(sketch.rankError()).isZero();
        assertThat(sketch.quantiles(0.01, 0.5, 0.995)).containsExactly(1, 50, 99.5);
    }

    @Test
    void distinctCountsAreExactAndThenClose() {
        for (int n : new int[] {0, 1, 2048, 2049, 5000, 100_000, 3_000_000}) {
            DistinctSketch whole = new DistinctSketch();
            DistinctSketch[] parts = {new DistinctSketch(), new DistinctSketch(), new DistinctSketch()};
            for (int i = 0; i < n; i++) {
                byte[] value = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                long hash = Hash64.of(value, 0, value.length);
                whole.add(hash);
                whole.add(hash);
                parts[i % 3].add(hash);
                parts[i % 2].add(hash);
            }
            parts[0].merge(parts[1]);
            parts[0].merge(parts[2]);
            assertThat(parts[0].count()).isEqualTo(whole.count());
            assertThat(whole.exact()).isEqualTo(n <= DistinctSketch.EXACT);
            assertThat((double) whole.count()).isCloseTo(n, within(whole.exact() ? 0 : 4 * 0.01625 * n));
        }
    }

    @Test
    void theHashZeroCounts() {
        DistinctSketch sketch = new DistinctSketch();
        sketch.add(0);
        sketch.add(0);
        sketch.add(5);
        assertThat(sketch.count()).isEqualTo(2);
    }

    @Test
    void topCountsAreWithinTheirError() {
        SplittableRandom random = new SplittableRandom(4);
        TopValues total = new TopValues(64);
        Map<String, Integer> exact = new HashMap<>();
        for (int part = 0; part < 20; part++) {
            TopValues top = new TopValues(64);
            for (int i = 0; i < 10_000; i++) {
                String value = "v" + (int) Math.exp(random.nextDouble() * 9);
                exact.merge(value, 1, Integer::sum);
                byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                top.add(Hash64.of(utf8, 0, utf8.length), utf8, 0, utf8.length);
            }
            total.merge(top);
        }
        List<ValueCount> found = total.top(20);
        assertThat(total.error()).isPositive().isLessThanOrEqualTo(200_000 / 64);
        assertThat(found).hasSizeGreaterThan(2);
        for (ValueCount value : found) {
            long truth = exact.get(value.value());
            assertThat(truth).isBetween(value.count() - value.error(), value.count());
        }
        assertThat(found.get(0).value()).isEqualTo("v1");
    }

    @Test
    void fewValuesAreCountedExactly() {
        TopValues top = new TopValues(64);
        for (int i = 0; i < 640; i++) {
            byte[] utf8 = ("v" + i % 64).getBytes(StandardCharsets.UTF_8);
            top.add(Hash64.of(utf8, 0, utf8.length), utf8, 0, utf8.length);
        }
        assertThat(top.error()).isZero();
        assertThat(top.top(100)).hasSize(64).allMatch(value -> value.count() == 10);
        byte[] longText = ("x" + "ä".repeat(300)).getBytes(StandardCharsets.UTF_8);
        TopValues cut = new TopValues(64);
        cut.add(1, longText, 0, longText.length);
        assertThat(cut.top(1).get(0).value()).isEqualTo("x" + "ä".repeat(99) + "...");
    }
}
