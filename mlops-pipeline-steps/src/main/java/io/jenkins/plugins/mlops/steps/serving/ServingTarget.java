package io.jenkins.plugins.mlops.steps.serving;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import io.jenkins.mlops.serving.RolloutEffects;
import java.io.IOException;
import java.io.Serializable;

/** What serves a model: {@code process(...)} or {@code http(...)} in a Jenkinsfile. */
public abstract class ServingTarget implements Describable<ServingTarget>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    /** The target's name in the registry, such as {@code process}. */
    public abstract String kind();

    /** Whether it needs a machine with a workspace around the step; else the controller does all that there is to do. */
    public boolean needsNode() {
        return true;
    }

    /**
     * Prepares the rollout of a release: brings its files to where they are needed, whose repetition does no harm.
     *
     * @return the deeds of the rollout
     * @throws IOException if the files cannot be brought, or the machine is away
     */
    public abstract RolloutEffects prepare(Release release) throws IOException, InterruptedException;
}
