package io.jenkins.mlops.monitor;

import io.jenkins.mlops.monitor.window.FeedbackCounts;
import io.jenkins.mlops.monitor.window.PackedLabels;
import java.io.Serializable;

/**
 * The labels of a monitor's predictions.
 *
 * @param monitor the monitor's id
 * @param planJson how they are joined and judged, in the words of their owner: the store doesn't look into it
 * @param labels the labels
 * @param counts how they met predictions when they were last joined
 * @param millis when they were last joined
 */
public record FeedbackRecord(String monitor, String planJson, PackedLabels labels, FeedbackCounts counts, long millis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public FeedbackRecord {
        Expect.name(monitor, "a monitor's id");
        Expect.text(planJson, "a plan", MonitorRecord.CONFIG);
        Expect.present(labels, "labels");
        Expect.present(counts, "counts");
    }
}
