package io.jenkins.mlops.registry;

/** What the gates said about a promotion as a whole, in the words of {@code io.jenkins.mlops.gate}. */
public enum GateVerdict {
    PASS,
    FAIL,
    INCONCLUSIVE
}
