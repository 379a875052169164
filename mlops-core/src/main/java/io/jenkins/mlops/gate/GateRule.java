package io.jenkins.mlops.gate;

import java.io.Serializable;

/** A rule over an evaluation; stateless, so that policies can keep it. {@link GateEvaluator} judges it. */
public sealed interface GateRule extends Serializable
        permits Threshold, NoWorseThan, EverySlice, SampleSize, Latency, Cost {
    /** The rule as a Jenkinsfile states it, such as {@code threshold(metric: 'auc', atLeast: 0.95)}. */
    String describe();
}
