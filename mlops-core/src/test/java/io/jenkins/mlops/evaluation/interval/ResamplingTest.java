package io.jenkins.mlops.evaluation.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.evaluation.metric.Moments;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResamplingTest {
    private static final int ROWS = 2_000;
    private final double[] values =
            new SplittableRandom(5).doubles(ROWS).map(u -> u * u).toArray();

    private double mean(byte[] counts) {
        double sum = 0;
        double rows = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * values[i % ROWS];
            rows += counts[i];
        }
        return sum / rows;
    }

    @Test
    void theBootstrapOfAMeanIsNearItsFormula() {
        Moments moments = Moments.of(ROWS, i -> values[i], null);
        Interval formula = Intervals.mean(moments, 0.95);
        Interval bootstrap = new Resampling(2_000, 7, 0.95)
                .rows(ROWS, new double[] {moments.mean()}, counts -> new double[] {mean(counts)})[0];
        double width = formula.upper() - formula.lower();
        assertThat(bootstrap.lower()).isCloseTo(formula.lower(), within(width / 10));
        assertThat(bootstrap.upper()).isCloseTo(formula.upper(), within(width / 10));
        assertThat(bootstrap.method()).isEqualTo("bootstrap(2000, seed 7)");
    }

    @Test
    void batchMeansOfAMeanAreNearItsFormula() {
        // So many resamples that their draws pass the limit: batches take over.
        Moments moments = Moments.of(ROWS, i -> values[i], null);
        Interval formula = Intervals.mean(moments, 0.95);
        Interval batches = new Resampling(100_000, 7, 0.95)
                .rows(ROWS, new double[] {moments.mean()}, counts -> new double[] {mean(counts)})[0];
        assertThat(batches.method()).isEqualTo("batch means(25, seed 7)");
        assertThat((batches.upper() - batches.lower()) / (formula.upper() - formula.lower()))
                .isBetween(0.6, 1.5);
    }

    @Test
    void theSeedDecidesAndTheThreadsDoNot() throws Exception {
        Resampling resampling = new Resampling(200, 7, 0.9);
        Interval[] here = resampling.rows(ROWS, new double[1], counts -> new double[] {mean(counts)});
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            assertThat(one.submit(() -> resampling.rows(ROWS, new double[1], counts -> new double[] {mean(counts)}))
                            .get())
                    .containsExactly(here);
        } finally {
            one.shutdown();
        }
        assertThat(new Resampling(200, 8, 0.9).rows(ROWS, new double[1], counts -> new double[] {mean(counts)}))
                .doesNotContain(here);
    }

    @Test
    void undefinedReplicatesAreLeftOutUntilTheyAreTheMost() {
        Resampling resampling = new Resampling(100, 1, 0.9);
        Interval some = resampling.rows(10, new double[1], c -> new double[] {c[0] > 2 ? Double.NaN : c[0]})[0];
        assertThat(some.lower()).isZero();
        Interval most = resampling.rows(10, new double[1], c -> new double[] {c[0] < 3 ? Double.NaN : c[0]})[0];
        assertThat(most).isEqualTo(Interval.NONE);
    }

    @Test
    void withoutResamplesThereIsNoInterval() {
        assertThat(new Resampling(0, 1, 0.9).rows(10, new double[2], c -> new double[2]))
                .containsOnly(Interval.NONE);
    }

    @Test
    void binomialDrawsHaveTheirMeanAndVariance() {
        long[][] trials = {{5, 50}, {1_000, 1}, {1_000, 30}, {100_000, 50}, {10_000_000, 3}, {40, 97}};
        for (long[] trial : trials) {
            long n = trial[0];
            double p = trial[1] / 100.0;
            SplittableRandom random = new SplittableRandom(99);
            double[] draws = IntStream.range(0, 20_000)
                    .mapToDouble(i -> Binomial.draw(random, n, p))
                    .toArray();
            Moments moments = Moments.of(draws.length, i -> draws[i], null);
            double deviation = Math.sqrt(n * p * (1 - p));
            assertThat((moments.mean() - n * p) / deviation * Math.sqrt(draws.length))
                    .isBetween(-4.0, 4.0);
            assertThat(moments.standardError() * Math.sqrt(draws.length) / deviation)
                    .isBetween(0.97, 1.03);
            assertThat(Arrays.stream(draws)).allMatch(k -> k >= 0 && k <= n);
        }
    }

    @Test
    void cellsKeepTheirTotal() {
        SplittableRandom random = new SplittableRandom(3);
        long[] cells = {0, 5, 0, 100_000, 1, 0};
        for (int i = 0; i < 1_000; i++) {
            long[] drawn = Binomial.resample(random, cells);
            assertThat(Arrays.stream(drawn).sum()).isEqualTo(100_006);
            assertThat(drawn[0] + drawn[2] + drawn[5]).isZero();
        }
    }
}
