package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The quality of one window's predictions, as far as their labels have come.
 *
 * @param key the window's key
 * @param position where it stands among the others: its beginning in milliseconds since 1970, or the number of its first row
 * @param predictions rows in it
 * @param labelled of which have a label, each id once
 * @param digest of the labelled rows and of how they are evaluated
 * @param metrics metric by name, with intervals; empty when they can't be evaluated
 * @param notes what a reader should know
 */
public record WindowQuality(
        String key,
        long position,
        long predictions,
        long labelled,
        String digest,
        Map<String, MetricValue> metrics,
        List<String> notes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most metrics of a window. */
    public static final int METRICS = 100;

    public WindowQuality {
        Expect.name(key, "the key of a window");
        Expect.notNegative(labelled, "labelled rows");
        Expect.that(predictions >= labelled, "at least as many predictions as labels", predictions);
        Expect.text(digest, "a digest", 64);
        metrics = Expect.map(metrics, "metrics", METRICS);
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /** The share of the predictions that have a label; NaN without predictions. */
    public double coverage() {
        return predictions == 0 ? Double.NaN : (double) labelled / predictions;
    }
}
