package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which metrics of an endpoint count its requests, errors and latency, and what is too much.
 *
 * @param requests the counter of requests
 * @param codeLabel the label of the status code: a request whose code begins with 5 has failed
 * @param latency the histogram of latency in seconds, without its {@code _bucket}
 * @param maxErrorShare the greatest share of failed requests; 1 for any
 * @param maxLatency the greatest latency in seconds by level, such as 0.95
 * @param minimumRequests with fewer requests between two scrapes nothing is concluded
 */
public record EndpointRules(
        String requests,
        String codeLabel,
        String latency,
        double maxErrorShare,
        Map<Double, Double> maxLatency,
        double minimumRequests)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The levels of the latencies that are computed. */
    public static final List<Double> LEVELS = List.of(0.5, 0.95, 0.99);

    public EndpointRules {
        Expect.text(requests, "a metric's name", Expect.NAME);
        Expect.text(codeLabel, "a label's name", Expect.NAME);
        Expect.text(latency, "a metric's name", Expect.NAME);
        Expect.share(maxErrorShare, "a share of failed requests");
        maxLatency.forEach((level, seconds) -> {
            Expect.that(LEVELS.contains(level), "a level among " + LEVELS, level);
            Expect.that(seconds >= 0, "seconds of 0 or more", seconds);
        });
        maxLatency = java.util.Collections.unmodifiableMap(new TreeMap<>(maxLatency));
        Expect.that(minimumRequests >= 0, "a number of requests of 0 or more", minimumRequests);
    }

    /** How the endpoint did between two scrapes. */
    public EndpointHealthWindow between(Scrape earlier, Scrape later) {
        List<String> notes = new ArrayList<>();
        boolean[] restarted = {false};
        Map<Series, Double> before = new HashMap<>();
        earlier.samples().forEach(sample -> before.put(Series.of(sample), sample.value()));
        double all = increase(before, later, requests, sample -> true, restarted);
        double failed = increase(
                before,
                later,
                requests,
                sample -> sample.labels().getOrDefault(codeLabel, "").startsWith("5"),
                restarted);
        if (later.samples().stream().noneMatch(sample -> sample.name().equals(requests))) {
            notes.add("The endpoint has no metric '" + requests + "'.");
        }
        TreeMap<Double, Double> buckets = new TreeMap<>();
        for (Scrape.Sample sample : later.samples()) {
            if (sample.name().equals(latency + "_bucket")) {
                double bound = bound(sample);
                if (!Double.isNaN(bound)) {
                    double more = increase(before.getOrDefault(Series.of(sample), 0.0), sample.value(), restarted);
                    buckets.merge(bound, more, Double::sum);
                }
            }
        }
        Map<Double, Double> quantiles = new TreeMap<>();
        for (double level : LEVELS) {
            double quantile = quantile(buckets, level);
            if (!Double.isNaN(quantile)) {
                quantiles.put(level, quantile);
            }
        }
        if (restarted[0]) {
            notes.add("A counter fell: the endpoint was restarted, and only what came since is counted.");
        }
        return new EndpointHealthWindow(
                earlier.millis(),
                later.millis(),
                all,
                failed,
                all > 0 ? failed / all : Double.NaN,
                quantiles,
                restarted[0],
                notes);
    }

    /** What tells one series of samples from others. */
    private record Series(String name, Map<String, String> labels) {
        static Series of(Scrape.Sample sample) {
            return new Series(sample.name(), sample.labels());
        }
    }

    private static double bound(Scrape.Sample sample) {
        String text = sample.labels().getOrDefault("le", "");
        try {
            return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double increase(
            Map<Series, Double> before,
            Scrape later,
            String name,
            Predicate<Scrape.Sample> which,
            boolean[] restarted) {
        double sum = 0;
        for (Scrape.Sample sample : later.samples()) {
            if (sample.name().equals(name) && which.test(sample)) {
                sum += increase(before.getOrDefault(Series.of(sample), 0.0), sample.value(), restarted);
            }
        }
        return sum;
    }

    private static double increase(double before, double after, boolean[] restarted) {
        if (Double.isNaN(after) || Double.isNaN(before) || after < 0) {
            return 0;
        }
        restarted[0] |= after < before;
        return after < before ? after : after - before;
    }

    /**
     * The quantile of cumulative buckets, with straight lines inside a bucket as Prometheus' histogram_quantile; in the
     * last bucket, the bound below it. NaN without observations or without the bucket of infinity.
     */
    static double quantile(TreeMap<Double, Double> buckets, double level) {
        double all = buckets.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
        if (!(all > 0) || buckets.size() < 2) {
            return Double.NaN;
        }
        double rank = level * all;
        double below = 0;
        double countBelow = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double bound = bucket.getKey();
            // Buckets of one scrape may be of different moments; what falls back is held.
            double count = Math.max(countBelow, bucket.getValue());
            if (count >= rank) {
                if (bound == Double.POSITIVE_INFINITY) {
                    return below;
                }
                double start = below == 0 && bound <= 0 ? bound : below;
                return count == countBelow
                        ? bound
                        : start + (bound - start) * (rank - countBelow) / (count - countBelow);
            }
            below = bound;
            countBelow = count;
        }
        return below;
    }

    /** What is too much, as sentences; empty when all is well. */
    public List<String> findings(EndpointHealthWindow window) {
        List<String> found = new ArrayList<>();
        if (!concludes(window)) {
            return found;
        }
        if (window.errorShare() > maxErrorShare) {
            found.add(String.format(
                    Locale.ROOT,
                    "%.2f %% of %.0f requests failed; at most %.2f %% may.",
                    100 * window.errorShare(),
                    window.requests(),
                    100 * maxErrorShare));
        }
        maxLatency.forEach((level, most) -> {
            double seconds = window.quantiles().getOrDefault(level, Double.NaN);
            if (seconds > most) {
                found.add(String.format(
                        Locale.ROOT,
                        "The latency at %.0f %% is %.3f s; at most %.3f s it may be.",
                        100 * level,
                        seconds,
                        most));
            }
        });
        return found;
    }

    /** Whether there were requests enough to conclude anything. */
    public boolean concludes(EndpointHealthWindow window) {
        return window.requests() >= Math.max(1, minimumRequests);
    }
}
