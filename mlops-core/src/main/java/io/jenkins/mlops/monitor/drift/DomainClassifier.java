package io.jenkins.mlops.monitor.drift;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How well a small logistic regression tells current rows from reference rows that it has not seen: ROC AUC, 0.5 when they
 * can't be told apart.
 *
 * <p>Each side is split in two by a fixed seed; a model that learned on one half ranks the other, and the two AUCs are
 * averaged. Features are standardised; the loss has an L2 penalty and is descended by stochastic gradients. It is a measure
 * of drift, not a classifier to use: another learner gives other values.
 */
public final class DomainClassifier {
    /** With fewer rows on either side nothing is learned. */
    public static final int LEAST = 20;

    /** So many rows of each side are learned from at most, spread evenly. */
    public static final int MOST = 5_000;

    private static final int EPOCHS = 20;
    private static final double PENALTY = 1e-3;
    private static final int TEXT_FEATURES = 1 << 12;
    private static final int WORDS = 1_000;
    private static final long SEED = 0x646f6d61696eL;

    private DomainClassifier() {}

    /** A row as the places and values of what is not 0 in it. */
    private record Row(int[] at, double[] value, boolean current) {}

    /**
     * The AUC for rows of numbers, such as embeddings; all of the same length.
     *
     * @return NaN with fewer than {@value #LEAST} rows on either side
     */
    public static double ofVectors(double[][] reference, double[][] current) {
        if (reference.length < LEAST || current.length < LEAST) {
            return Double.NaN;
        }
        double[][] first = spread(reference);
        double[][] second = spread(current);
        int width = first[0].length;
        int[] all = new int[width];
        Arrays.setAll(all, i -> i);
        Row[] rows = new Row[first.length + second.length];
        for (int i = 0; i < rows.length; i++) {
            double[] values = i < first.length ? first[i] : second[i - first.length];
            if (values.length != width) {
                throw new IllegalArgumentException(
                        "Expected rows of " + width + " numbers, found one of " + values.length + ".");
            }
            rows[i] = new Row(all, values.clone(), i >= first.length);
        }
        standardise(rows, width);
        return crossed(rows, width);
    }

    private static double[][] spread(double[][] rows) {
        if (rows.length <= MOST) {
            return rows;
        }
        double[][] some = new double[MOST][];
        for (int i = 0; i < MOST; i++) {
            some[i] = rows[(int) ((long) i * rows.length / MOST)];
        }
        return some;
    }

    private static void standardise(Row[] rows, int width) {
        for (int j = 0; j < width; j++) {
            double mean = 0;
            for (Row row : rows) {
                mean += row.value[j] / rows.length;
            }
            double squares = 0;
            for (Row row : rows) {
                squares += (row.value[j] - mean) * (row.value[j] - mean) / rows.length;
            }
            double deviation = Math.sqrt(squares);
            for (Row row : rows) {
                row.value[j] = deviation > 0 ? (row.value[j] - mean) / deviation / Math.sqrt(width) : 0;
            }
        }
    }

    /** The AUC for texts by their words, each text's word counts in logarithm and of length one. */
    static double ofTexts(List<String> reference, List<String> current) {
        if (reference.size() < LEAST || current.size() < LEAST) {
            return Double.NaN;
        }
        Row[] rows = new Row[reference.size() + current.size()];
        for (int i = 0; i < rows.length; i++) {
            boolean isCurrent = i >= reference.size();
            rows[i] = row(isCurrent ? current.get(i - reference.size()) : reference.get(i), isCurrent);
        }
        return crossed(rows, TEXT_FEATURES);
    }

    private static Row row(String text, boolean isCurrent) {
        int[] counts = new int[TEXT_FEATURES];
        int different = 0;
        for (String word : TextSample.words(text, WORDS)) {
            int hash = word.hashCode() * 0x9E3779B1;
            int at = (hash ^ hash >>> 15) & TEXT_FEATURES - 1;
            different += counts[at]++ == 0 ? 1 : 0;
        }
        int[] at = new int[different];
        double[] value = new double[different];
        double square = 0;
        for (int i = 0, n = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                at[n] = i;
                value[n] = 1 + Math.log(counts[i]);
                square += value[n] * value[n];
                n++;
            }
        }
        for (int i = 0; i < value.length; i++) {
            value[i] /= Math.sqrt(square);
        }
        return new Row(at, value, isCurrent);
    }

    private static double crossed(Row[] rows, int width) {
        SplittableRandom random = new SplittableRandom(SEED);
        Row[] mixed = rows.clone();
        for (int i = mixed.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Row swap = mixed[i];
            mixed[i] = mixed[other];
            mixed[other] = swap;
        }
        int middle = mixed.length / 2;
        Row[] first = Arrays.copyOfRange(mixed, 0, middle);
        Row[] second = Arrays.copyOfRange(mixed, middle, mixed.length);
        return (auc(learned(first, width, random), second) + auc(learned(second, width, random), first)) / 2;
    }

    private static double[] learned(Row[] rows, int width, SplittableRandom random) {
        long currents = Arrays.stream(rows).filter(Row::current).count();
        // Either side weighs the same, however many rows it has.
        double weightCurrent = rows.length / 2.0 / Math.max(1, currents);
        double weightReference = rows.length / 2.0 / Math.max(1, rows.length - currents);
        double[] weights = new double[width + 1];
        long step = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = 0; i < rows.length; i++) {
                Row row = rows[random.nextInt(rows.length)];
                double rate = 2 / (1 + step++ / (double) rows.length);
                double off = (row.current ? 1 : 0) - 1 / (1 + Math.exp(-score(weights, row)));
                double move = rate * off * (row.current ? weightCurrent : weightReference);
                for (int k = 0; k < row.at.length; k++) {
                    double weight = weights[row.at[k]];
                    weights[row.at[k]] = weight + move * row.value[k] - rate * PENALTY * weight;
                }
                weights[width] += 0.1 * move;
            }
        }
        return weights;
    }

    private static double score(double[] weights, Row row) {
        double score = weights[weights.length - 1];
        for (int i = 0; i < row.at.length; i++) {
            score += weights[row.at[i]] * row.value[i];
        }
        return score;
    }

    private static double auc(double[] weights, Row[] rows) {
        double[][] scored = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            scored[i] = new double[] {score(weights, rows[i]), rows[i].current ? 1 : 0};
        }
        Arrays.sort(scored, (a, b) -> Double.compare(a[0], b[0]));
        double ranks = 0;
        double positives = 0;
        for (int i = 0; i < scored.length; ) {
            int next = i;
            double here = 0;
            while (next < scored.length && scored[next][0] == scored[i][0]) {
                here += scored[next++][1];
            }
            ranks += here * (i + next + 1) / 2;
            positives += here;
            i = next;
        }
        double negatives = scored.length - positives;
        return positives == 0 || negatives == 0
                ? 0.5
                : (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    }
}
