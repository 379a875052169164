package io.jenkins.mlops.serving;

import java.util.List;

/**
 * What one step of a rollout came to.
 *
 * @param state the state to save before anything else is done
 * @param messages lines for the build log
 * @param delayMillis how long to wait before the next step, in ms; 0 when the rollout has ended
 */
public record RolloutStep(RolloutState state, List<String> messages, long delayMillis) {
    public RolloutStep {
        messages = List.copyOf(messages);
    }
}
