package io.jenkins.mlops.monitor.plan;

import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.MetricCatalog;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.monitor.Expect;

/**
 * How labels are joined to predictions, and when the quality that they show is too low. Kept as JSON in a {@code
 * FeedbackRecord}.
 *
 * @param options how joined rows are evaluated
 * @param metric the metric that is watched, such as {@code accuracy}
 * @param margin by how much it may be worse than the version's own evaluation had it, 0 or more
 */
public record FeedbackPlan(EvaluationOptions options, String metric, double margin) {
    public FeedbackPlan {
        Expect.present(options, "options of the evaluation");
        metric = MetricCatalog.canonical(Expect.name(metric, "a metric's name"));
        Expect.that(margin >= 0 && margin < Double.POSITIVE_INFINITY, "a margin of 0 or more", margin);
    }

    /** The name of the signal. */
    public String signal() {
        return "quality:" + metric;
    }

    /** The plan as text. */
    public String toJson() {
        return Json.write(this);
    }

    /** A plan of such a text. */
    public static FeedbackPlan of(String json) {
        return Json.read(json, FeedbackPlan.class);
    }
}
