package io.jenkins.mlops.evaluation;

import java.util.StringJoiner;

/** Says in one line what was evaluated and how its columns were understood. */
final class EvaluationDescription {
    private EvaluationDescription() {}

    static String of(TaskInference task, EvaluationOptions options, String file, TaskRows<?> rows) {
        StringJoiner parts = new StringJoiner(", ");
        parts.add("label '" + options.label() + "'");
        if (rows instanceof BinaryRows binary) {
            parts.add("positive class '" + binary.names().get(1) + "'");
        } else if (rows instanceof MulticlassRows multiclass) {
            parts.add(multiclass.names().size() + " classes");
        } else if (rows instanceof RankingRows ranking) {
            parts.add(ranking.queries() + (ranking.queries() == 1 ? " query" : " queries"));
        }
        if (options.prediction() != null) {
            parts.add("prediction '" + options.prediction() + "'");
        }
        if (options.scores().size() == 1) {
            parts.add("score '" + options.scores().get(0) + "'");
        } else if (options.scores().size() > 1) {
            parts.add(options.scores().size() + " score columns");
        }
        if (rows instanceof BinaryRows && options.prediction() == null) {
            parts.add("positive from " + options.threshold());
        }
        if (options.weight() != null) {
            parts.add("weighted by '" + options.weight() + "'");
        }
        return task.task().displayName() + " (" + task.reason() + ") of " + file + ": " + parts;
    }
}
