package io.jenkins.mlops.gate;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The verdict on one rule.
 *
 * @param rule the rule as a Jenkinsfile states it
 * @param verdict what it came to
 * @param explanation one or two sentences that a newcomer understands: expected, found, what to do; cut after 4,000
 *     characters, as names from files may be of any length
 * @param evidence the numbers behind the verdict, by name
 */
public record GateResult(String rule, Verdict verdict, String explanation, Map<String, Double> evidence)
        implements Serializable {
    private static final int MOST_TEXT = 20_000;
    private static final int LONGEST_EXPLANATION = 4_000;
    private static final int MOST_EVIDENCE = 20_000;

    public GateResult {
        Objects.requireNonNull(verdict, "verdict");
        if (explanation.length() > LONGEST_EXPLANATION) {
            explanation = explanation.substring(0, LONGEST_EXPLANATION) + "...";
        }
        if (rule.length() > MOST_TEXT || evidence.size() > MOST_EVIDENCE) {
            throw new IllegalArgumentException("the result of a gate is larger than is kept");
        }
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        evidence.forEach((name, value) -> {
            if (name == null || value == null) {
                throw new IllegalArgumentException("a piece of evidence has no name or no value");
            }
        });
    }
}
