package io.jenkins.mlops.gate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The verdicts on all rules of a gate.
 *
 * @param verdict the worst of the results; PASS without rules
 * @param results one per rule, in the rules' order
 */
public record GateReport(Verdict verdict, List<GateResult> results) implements Serializable {
    private static final int MOST = 1_000;

    public GateReport {
        if (results.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " gate results");
        }
        results = Collections.unmodifiableList(new ArrayList<>(results));
        Objects.requireNonNull(verdict, "verdict");
        Verdict worst = worst(results);
        if (verdict != worst) {
            throw new IllegalArgumentException(
                    "the verdict of a gate is the worst of its results, " + worst + "; found " + verdict);
        }
    }

    /** The report of these results. */
    public static GateReport of(List<GateResult> results) {
        return new GateReport(worst(results), results);
    }

    private static Verdict worst(List<GateResult> results) {
        return results.stream().map(GateResult::verdict).reduce(Verdict.PASS, Verdict::worst);
    }
}
