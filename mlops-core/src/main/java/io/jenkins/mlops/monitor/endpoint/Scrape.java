package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The samples of one scrape in Prometheus' text format (0.0.4).
 *
 * @param millis when it was taken
 * @param samples the samples in their order
 * @param broken lines that are no sample
 * @param notes what was wrong with the first of them
 */
public record Scrape(long millis, List<Sample> samples, int broken, List<String> notes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most samples of a scrape. */
    public static final int SAMPLES = 200_000;

    public Scrape {
        samples = Expect.list(samples, "samples", SAMPLES);
        notes = Expect.list(notes, "notes", Expect.NOTES);
    }

    /**
     * One sample.
     *
     * @param name the metric's name
     * @param labels the labels in their order
     * @param value the value; may be NaN or infinite
     */
    public record Sample(String name, Map<String, String> labels, double value) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Sample {
            Expect.name(name, "a metric's name");
            labels = Expect.map(labels, "labels", 100);
        }
    }
}
