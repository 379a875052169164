package io.jenkins.mlops.monitor.quality;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;

/**
 * What predictions are worth and cost.
 *
 * @param value what each kind of prediction is worth
 * @param costPerHour what an hour of the endpoint costs, all replicas together; 0 for nothing
 * @param minimum the least value of a prediction, below which it is a signal; null for any
 */
public record ValuePlan(
        BusinessValue value,
        double costPerHour,
        @CheckForNull Double minimum) implements Serializable {
    private static final long serialVersionUID = 1L;

    public ValuePlan {
        Expect.present(value, "what predictions are worth");
        Expect.that(
                costPerHour >= 0 && costPerHour < Double.POSITIVE_INFINITY, "a cost of 0 or more an hour", costPerHour);
        Expect.that(minimum == null || Double.isFinite(minimum), "a finite least value", minimum);
    }
}
