package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Run;

/** Chooses an {@link ArtifactManager} for a build. */
public abstract class ArtifactManagerFactory implements Describable<ArtifactManagerFactory>, ExtensionPoint {
    @CheckForNull
    public abstract ArtifactManager managerFor(Run<?, ?> build);
}
