package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What is watched of an endpoint itself.
 *
 * @param metrics where its metrics are in Prometheus' text format: an http(s) URL, or a path such as {@code /metrics} at
 *     the address that the registry has of the endpoint; empty for the probe alone
 * @param rules which metrics count, and what is too much
 * @param windowMillis how much time is judged together, a minute to a day
 * @param credentialsId the id of the secret that the metrics ask for; empty for none
 */
public record EndpointPlan(String metrics, EndpointRules rules, long windowMillis, String credentialsId)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MINUTE = 60_000L;
    private static final long DAY = 24 * 60 * MINUTE;

    public EndpointPlan {
        Expect.text(metrics, "the address of metrics", 4_096);
        Expect.that(
                metrics.isEmpty()
                        || metrics.startsWith("/")
                        || metrics.startsWith("http://")
                        || metrics.startsWith("https://"),
                "metrics at an http(s) URL or a path that begins with '/'",
                metrics);
        Expect.present(rules, "rules of an endpoint");
        Expect.that(
                windowMillis >= MINUTE && windowMillis <= DAY,
                "a window of an endpoint of 1 minute to 1 day",
                windowMillis + " ms");
        // Absent in plans that were kept before there was such a thing.
        credentialsId = credentialsId == null ? "" : Expect.text(credentialsId, "the id of credentials", Expect.NAME);
        Expect.that(
                credentialsId.isEmpty() || !metrics.isEmpty(), "metrics that the credentials are for", "no metrics");
    }

    /** A plan of metrics that everybody may read. */
    public EndpointPlan(String metrics, EndpointRules rules, long windowMillis) {
        this(metrics, rules, windowMillis, "");
    }
}
