package io.jenkins.mlops.evaluation;

import java.util.Locale;

/** The kind of prediction that a model makes; it decides which metrics are computed. */
public enum Task {
    /** Two classes; scores are the probability of the positive one. */
    BINARY("binary classification"),
    /** Three or more classes; scores, if any, are one probability per class. */
    MULTICLASS("multiclass classification"),
    /** A number. */
    REGRESSION("regression"),
    /** A ranked list per query; the label is the relevance of a row for its query. */
    RANKING("ranking"),
    /** A generated text beside a reference text. */
    TEXT("text generation"),
    /** Metrics that the user computed; nothing is known of the task. */
    GIVEN("given metrics");

    private final String displayName;

    Task(String displayName) {
        this.displayName = displayName;
    }

    /** The name as people write it, such as {@code binary classification}. */
    public String displayName() {
        return displayName;
    }

    /**
     * Reads the name that a Jenkinsfile states, in any case.
     *
     * @throws EvaluationException if there is no such task; the message lists those there are
     */
    public static Task parse(String name) {
        String wanted = name.trim().toUpperCase(Locale.ROOT);
        for (Task task : values()) {
            if (task != GIVEN && task.name().equals(wanted)) {
                return task;
            }
        }
        throw new EvaluationException(
                "expected a task named binary, multiclass, regression, ranking or text, found '" + name + "'");
    }
}
