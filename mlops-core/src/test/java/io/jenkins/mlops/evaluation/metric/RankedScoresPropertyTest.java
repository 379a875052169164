package io.jenkins.mlops.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.mlops.evaluation.interval.DeLong;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sorting gives what comparing all pairs gives. */
class RankedScoresPropertyTest {
    @Property(tries = 200)
    void theAreaIsTheShareOfPairsInOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 30) int steps) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] positive = new boolean[rows];
        double[] score = new double[rows];
        double[] weight = new double[rows];
        byte[] counts = new byte[rows];
        for (int i = 0; i < rows; i++) {
            positive[i] = random.nextBoolean();
            score[i] = random.nextInt(steps + 1) / (double) steps;
            weight[i] = random.nextInt(4);
            counts[i] = (byte) random.nextInt(3);
        }
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        double[] drawn = new double[rows];
        Arrays.setAll(drawn, i -> counts[i] * weight[i]);
        assertAuc(RankedScores.of(positive, score), null, pairs(positive, score, ones));
        assertAuc(RankedScores.of(positive, score, null), null, pairs(positive, score, ones));
        assertAuc(RankedScores.of(positive, score, weight), null, pairs(positive, score, weight));
        assertAuc(RankedScores.of(positive, score, weight), counts, pairs(positive, score, drawn));
        byte[] batches = new byte[rows];
        Arrays.setAll(ones, i -> {
            batches[i] = (byte) (i % 2);
            return i % 2;
        });
        assertAuc(RankedScores.of(positive, score, null).batch(batches, 1), null, pairs(positive, score, ones));
    }

    private static void assertAuc(RankedScores ranked, byte[] counts, double expected) {
        double auc = RankingQuality.of(ranked, counts, 10).rocAuc();
        if (Double.isNaN(expected)) {
            assertThat(auc).isNaN();
        } else {
            assertThat(auc).isCloseTo(expected, within(1e-12));
        }
    }

    private static double pairs(boolean[] positive, double[] score, double[] weight) {
        double right = 0;
        double all = 0;
        for (int i = 0; i < score.length; i++) {
            for (int j = 0; j < score.length; j++) {
                if (positive[i] && !positive[j]) {
                    double pair = weight[i] * weight[j];
                    all += pair;
                    right += score[i] > score[j] ? pair : score[i] == score[j] ? pair / 2 : 0;
                }
            }
        }
        return right / all;
    }

    @Property(tries = 50)
    void radixSortSorts(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8_000) int size) {
        long[] keys = new SplittableRandom(seed)
                .longs(size, 0, Long.MAX_VALUE)
                .map(k -> k >>> (k & 63))
                .toArray();
        long[] expected = keys.clone();
        Arrays.sort(expected);
        int[] order = RadixSort.order(keys.clone());
        assertThat(Arrays.stream(order).mapToLong(row -> keys[row]).toArray()).isEqualTo(expected);
        assertThat(RadixSort.sort(keys.clone())).isEqualTo(expected);
    }

    @Example
    void radixSortSortsInTwoHalves() {
        for (int bits : new int[] {0, 10, 12, 30, 62}) {
            long[] keys = new SplittableRandom(bits)
                    .longs(1_100_000, 0, Long.MAX_VALUE)
                    .map(k -> k >>> 62 - bits)
                    .toArray();
            // One half of large keys only: its passes are others than those of the half of small keys.
            for (int i = 0; i < keys.length; i += 3) {
                keys[i] = 1L << 60;
            }
            long[] expected = keys.clone();
            Arrays.sort(expected);
            assertThat(RadixSort.sort(keys)).isEqualTo(expected);
        }
    }

    @Example
    void deLongOfAModelAndItselfIsZero() {
        SplittableRandom random = new SplittableRandom(4);
        double[] score = random.doubles(100).toArray();
        boolean[] positive = new boolean[100];
        for (int i = 0; i < 100; i++) {
            positive[i] = random.nextDouble() < score[i];
        }
        DeLong.Paired same = DeLong.paired(positive, score, score);
        assertThat(same.difference()).isZero();
        assertThat(same.pValue()).isEqualTo(1);
        assertThat(same.interval(0.95).lower()).isZero();
    }

    @Example
    void scoresMustBeProbabilities() {
        for (double bad : new double[] {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RankedScores.of(new boolean[1], new double[] {bad}))
                    .withMessageContaining("row 0");
        }
        assertThat(RankedScores.of(new boolean[2], new double[] {-0.0, 0.0}).rows())
                .isEqualTo(2);
    }

    @Example
    void longTextsCompareWordByWord() {
        SplittableRandom random = new SplittableRandom(8);
        for (int size : new int[] {1, 63, 64, 65, 130, 300}) {
            String[] one = random.ints(size, 0, 7).mapToObj(Integer::toString).toArray(String[]::new);
            String[] other =
                    random.ints(size + 5, 0, 7).mapToObj(Integer::toString).toArray(String[]::new);
            assertThat(Texts.commonSubsequence(one, other)).isEqualTo(byTable(one, other));
        }
    }

    private static int byTable(String[] one, String[] other) {
        int[][] table = new int[one.length + 1][other.length + 1];
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other.length; j++) {
                table[i + 1][j + 1] =
                        one[i].equals(other[j]) ? table[i][j] + 1 : Math.max(table[i][j + 1], table[i + 1][j]);
            }
        }
        return table[one.length][other.length];
    }
}
