package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Job;
import java.io.IOException;

/** Decides which builds of a job go. */
public abstract class BuildDiscarder implements Describable<BuildDiscarder>, ExtensionPoint {
    public BuildDiscarder() {}

    public abstract void perform(Job<?, ?> job) throws IOException, InterruptedException;
}
