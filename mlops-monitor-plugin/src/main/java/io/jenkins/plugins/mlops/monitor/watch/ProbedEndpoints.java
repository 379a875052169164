package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** Whoever asks endpoints whether they are ready, and remembers the last answer. */
public interface ProbedEndpoints extends ExtensionPoint {
    /** The last answer of an endpoint; null before the first. */
    @CheckForNull
    Answer answer(String endpoint);

    /**
     * An answer.
     *
     * @param ready whether it was ready
     * @param seconds how long it took
     * @param millis when it was asked
     */
    record Answer(boolean ready, double seconds, long millis) {}

    /** The last answer that anybody has of an endpoint. */
    @CheckForNull
    static Answer last(String endpoint) {
        for (ProbedEndpoints place : ExtensionList.lookup(ProbedEndpoints.class)) {
            Answer answer = place.answer(endpoint);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }
}
