package io.jenkins.mlops.evaluation.metric;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus, as a share of 1, without smoothing: 0 if no n-gram of some length matches anywhere. What each row
 * adds is kept apart, so that rows can be weighted and resampled.
 */
public final class Bleu {
    private static final int ORDER = 4;
    /** Per row: matches of length 1 to 4, candidates of length 1 to 4, length of text, length of reference. */
    private static final int WIDTH = 2 * ORDER + 2;

    private final int[] statistics;

    public Bleu(int rows) {
        statistics = new int[rows * WIDTH];
    }

    /** Counts one row; rows may be counted on several threads. */
    public void count(int row, String reference, String text) {
        List<String> expected = Texts.bleuTokens(reference);
        List<String> found = Texts.bleuTokens(text);
        int at = row * WIDTH;
        for (int n = 1; n <= ORDER; n++) {
            Map<List<String>, Integer> left = new HashMap<>();
            for (int i = 0; i + n <= expected.size(); i++) {
                left.merge(expected.subList(i, i + n), 1, Integer::sum);
            }
            for (int i = 0; i + n <= found.size(); i++) {
                List<String> gram = found.subList(i, i + n);
                Integer times = left.get(gram);
                if (times != null && times > 0) {
                    left.put(gram, times - 1);
                    statistics[at + n - 1]++;
                }
                statistics[at + ORDER + n - 1]++;
            }
        }
        statistics[at + WIDTH - 2] = found.size();
        statistics[at + WIDTH - 1] = expected.size();
    }

    /** The BLEU of the counted rows. */
    public double value(@CheckForNull double[] weight, @CheckForNull byte[] counts) {
        double[] sums = new double[WIDTH];
        int rows = statistics.length / WIDTH;
        for (int row = 0; row < rows; row++) {
            double times = (weight == null ? 1 : weight[row]) * (counts == null ? 1 : counts[row]);
            if (times != 0) {
                for (int i = 0; i < WIDTH; i++) {
                    sums[i] += times * statistics[row * WIDTH + i];
                }
            }
        }
        double logs = 0;
        for (int n = 0; n < ORDER; n++) {
            if (sums[n] == 0) {
                return 0;
            }
            logs += Math.log(sums[n] / sums[ORDER + n]) / ORDER;
        }
        double length = sums[WIDTH - 2];
        double expected = sums[WIDTH - 1];
        return Math.exp(logs + (length < expected ? 1 - expected / length : 0));
    }
}
