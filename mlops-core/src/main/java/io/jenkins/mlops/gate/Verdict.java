package io.jenkins.mlops.gate;

/** What a gate says. */
public enum Verdict {
    /** The rule holds, as surely as it asks for. */
    PASS,
    /** The evidence neither shows that the rule holds nor that it is broken: more rows would tell. */
    INCONCLUSIVE,
    /** The rule is broken, or can't be judged. */
    FAIL;

    /** The worse of the two: FAIL is worse than INCONCLUSIVE, which is worse than PASS. */
    public Verdict worst(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
