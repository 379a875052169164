package io.jenkins.mlops.gate;

/**
 * The model must not cost too much; judged on the measurement {@code cost}, in whatever unit it was measured.
 *
 * @param atMost the greatest cost that passes, not negative
 */
public record Cost(double atMost) implements GateRule {
    public Cost {
        if (RuleText.finite(atMost, "cost: atMost") < 0) {
            throw new IllegalArgumentException("cost: atMost can't be negative; found " + atMost);
        }
    }

    @Override
    public String describe() {
        return new RuleText("cost").with("atMost", atMost).toString();
    }
}
