package io.jenkins.mlops.testbed.host;

import hudson.model.Job;
import java.io.IOException;
import jenkins.model.BuildDiscarder;

/** Runs a job's build discarder. */
public final class Discarder {
    private Discarder() {}

    /** Discards what the job's own strategy lets go; does nothing without one. */
    public static void discard(Job<?, ?> job) throws IOException, InterruptedException {
        BuildDiscarder discarder = job.getBuildDiscarder();
        if (discarder != null) {
            discarder.perform(job);
        }
    }
}
