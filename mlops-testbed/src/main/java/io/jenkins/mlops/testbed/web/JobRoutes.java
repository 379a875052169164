package io.jenkins.mlops.testbed.web;

import hudson.model.TopLevelItem;
import jenkins.model.Jenkins;

/** What stands behind Jenkins' root on a path, where a controller has its primary view: the way to jobs. */
public final class JobRoutes {
    private final Jenkins jenkins;

    public JobRoutes(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    /** The job of that name, or null. */
    public TopLevelItem getJob(String name) {
        return jenkins.getItem(name);
    }
}
