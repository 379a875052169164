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
 * @param minimumRequests with fewer requests in a window nothing is concluded from them
 * @param saturation the gauge of how full the endpoint is, from 0 to 1; empty for none
 * @param maxSaturation the most that it may stand at; 1 for any
 */
public record EndpointRules(
        String requests,
        String codeLabel,
        String latency,
        double maxErrorShare,
        Map<Double, Double> maxLatency,
        double minimumRequests,
        String saturation,
        double maxSaturation)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The levels of the latencies that are computed. */
    public static final List<Double> LEVELS = List.of(0.5, 0.95, 0.99);

    /** So many probes are enough to conclude from. */
    private static final int ENOUGH_PROBES = 3;

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
        Expect.text(saturation, "a metric's name", Expect.NAME);
        Expect.share(maxSaturation, "a saturation");
    }

    /** Rules without a gauge of saturation. */
    public EndpointRules(
            String requests,
            String codeLabel,
            String latency,
            double maxErrorShare,
            Map<Double, Double> maxLatency,
            double minimumRequests) {
        this(requests, codeLabel, latency, maxErrorShare, maxLatency, minimumRequests, "", 1);
    }

    /** The samples of a scrape that these rules ask for, and nothing else of it. */
    public Scrape relevant(Scrape scrape) {
        return new Scrape(
                scrape.millis(),
                scrape.samples().stream()
                        .filter(sample -> sample.name().equals(requests)
                                || sample.name().equals(latency + "_bucket")
                                || sample.name().equals(saturation))
                        .toList(),
                scrape.broken(),
                scrape.notes());
    }

    /** The highest sample of the gauge of saturation; NaN without one. */
    public double saturation(Scrape scrape) {
        return scrape.samples().stream()
                .filter(sample -> sample.name().equals(saturation) && !Double.isNaN(sample.value()))
                .mapToDouble(Scrape.Sample::value)
                .max()
                .orElse(Double.NaN);
    }

    /** How the endpoint did between two scrapes. */
    public EndpointHealthWindow between(Scrape earlier, Scrape later) {
        EndpointIncrease increase = increase(earlier, later);
        return new EndpointHealthWindow(
                earlier.millis(),
                later.millis(),
                0,
                increase.requests(),
                increase.errors(),
                increase.requests() > 0 ? increase.errors() / increase.requests() : Double.NaN,
                quantiles(increase.buckets()),
                saturation(later),
                1,
                0,
                0,
                Map.of(),
                increase.restarted(),
                notes(increase));
    }

    /** By how much the counters rose between two scrapes. */
    public EndpointIncrease increase(Scrape earlier, Scrape later) {
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
        TreeMap<Double, Double> buckets = new TreeMap<>();
        for (Scrape.Sample sample : later.samples()) {
            double bound = sample.name().equals(latency + "_bucket") ? bound(sample) : Double.NaN;
            boolean room = buckets.containsKey(bound) || buckets.size() < EndpointIncrease.BUCKETS;
            if (!Double.isNaN(bound) && room) {
                double more = increase(before.getOrDefault(Series.of(sample), 0.0), sample.value(), restarted);
                buckets.merge(bound, more, Double::sum);
            }
        }
        boolean counted =
                later.samples().stream().anyMatch(sample -> sample.name().equals(requests));
        return new EndpointIncrease(all, failed, buckets, restarted[0], counted);
    }

    /** What a reader of an increase should know. */
    List<String> notes(EndpointIncrease increase) {
        List<String> notes = new ArrayList<>();
        if (!increase.counted()) {
            notes.add("The endpoint has no metric '" + requests + "'.");
        }
        if (increase.restarted()) {
            notes.add("A counter fell: the endpoint was restarted, and only what came since is counted.");
        }
        return notes;
    }

    /** Latencies by level. */
    static Map<Double, Double> quantiles(Map<Double, Double> buckets) {
        TreeMap<Double, Double> sorted = new TreeMap<>(buckets);
        Map<Double, Double> quantiles = new TreeMap<>();
        for (double level : LEVELS) {
            double quantile = quantile(sorted, level);
            if (!Double.isNaN(quantile)) {
                quantiles.put(level, quantile);
            }
        }
        return quantiles;
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
        List<String> found = new ArrayList<>(errors(window));
        found.addAll(slow(window));
        found.addAll(saturated(window));
        return found;
    }

    /** Whether too many requests failed, or probes where nothing else is known. */
    public List<String> errors(EndpointHealthWindow window) {
        if (!concludes(window) || !(window.failedShare() > maxErrorShare)) {
            return List.of();
        }
        boolean counted = window.requests() > 0;
        return List.of(String.format(
                Locale.ROOT,
                "%.2f %% of %.0f %s failed; at most %.2f %% may.",
                100 * window.failedShare(),
                counted ? window.requests() : window.probes(),
                counted ? "requests" : "probes",
                100 * maxErrorShare));
    }

    /** Which latencies are too long. */
    public List<String> slow(EndpointHealthWindow window) {
        List<String> found = new ArrayList<>();
        if (concludes(window)) {
            maxLatency.forEach((level, most) -> {
                double seconds = window.latencies().getOrDefault(level, Double.NaN);
                if (seconds > most) {
                    found.add(String.format(
                            Locale.ROOT,
                            "The latency at %.0f %% is %.3f s; at most %.3f s it may be.",
                            100 * level,
                            seconds,
                            most));
                }
            });
        }
        return found;
    }

    /** Whether it is too full; a gauge needs no number of requests to be believed. */
    public List<String> saturated(EndpointHealthWindow window) {
        return window.saturation() > maxSaturation
                ? List.of(String.format(
                        Locale.ROOT,
                        "The saturation reached %.1f %%; at most %.1f %% it may be.",
                        100 * window.saturation(),
                        100 * maxSaturation))
                : List.of();
    }

    /** Whether there were requests or probes enough to conclude anything. */
    public boolean concludes(EndpointHealthWindow window) {
        return window.requests() > 0 ? window.requests() >= minimumRequests : window.probes() >= ENOUGH_PROBES;
    }
}
