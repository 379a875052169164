package io.jenkins.mlops.gate;

/**
 * The evaluation must rest on enough rows.
 *
 * @param atLeast the fewest rows that pass, at least 1
 * @param slices whether every slice needs as many, too
 */
public record SampleSize(long atLeast, boolean slices) implements GateRule {
    public SampleSize {
        if (atLeast < 1) {
            throw new IllegalArgumentException("sampleSize: atLeast counts rows from 1; found " + atLeast);
        }
    }

    public SampleSize(long atLeast) {
        this(atLeast, false);
    }

    @Override
    public String describe() {
        return new RuleText("sampleSize")
                .with("atLeast", atLeast)
                .with("slices", slices ? (Object) true : null)
                .toString();
    }
}
