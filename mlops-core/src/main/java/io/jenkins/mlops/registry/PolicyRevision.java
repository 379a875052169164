package io.jenkins.mlops.registry;

import java.io.Serializable;

/**
 * A promotion policy as it was set at some time.
 *
 * @param policy the policy
 * @param setBy id of the user who set it
 * @param millis when, in epoch milliseconds
 */
public record PolicyRevision(PromotionPolicy policy, String setBy, long millis) implements Serializable {
    public PolicyRevision {
        policy = Limits.required("The policy", policy);
        setBy = Limits.line("Who set the policy", setBy, Limits.LINE);
    }
}
