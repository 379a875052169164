package io.jenkins.mlops.testbed.steps;

import hudson.model.InvisibleAction;

/** A build works in a given folder and not in its job's workspace. */
public final class WorkspaceOverride extends InvisibleAction {
    private final String path;

    public WorkspaceOverride(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
