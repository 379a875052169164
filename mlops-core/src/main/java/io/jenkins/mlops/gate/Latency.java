package io.jenkins.mlops.gate;

/**
 * The endpoint must answer fast enough; judged on the measurement {@link GateInput#latencyName}.
 *
 * @param percentile the percentile, above 0 and up to 100
 * @param atMostMillis the greatest time that passes, in milliseconds
 */
public record Latency(double percentile, double atMostMillis) implements GateRule {
    public Latency {
        if (!(percentile > 0 && percentile <= 100)) {
            throw new IllegalArgumentException(
                    "latency: percentile lies above 0 and up to 100, such as 95; found " + percentile);
        }
        if (RuleText.finite(atMostMillis, "latency: atMostMillis") <= 0) {
            throw new IllegalArgumentException("latency: atMostMillis must be positive; found " + atMostMillis);
        }
    }

    @Override
    public String describe() {
        return new RuleText("latency")
                .with("percentile", percentile)
                .with("atMostMillis", atMostMillis)
                .toString();
    }
}
