package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;

/** A setting of a job. */
public abstract class JobProperty<J extends Job<?, ?>> implements Describable<JobProperty<?>>, ExtensionPoint {
    protected transient J owner;

    protected void setOwner(J owner) {
        this.owner = owner;
    }

    @Override
    public JobPropertyDescriptor getDescriptor() {
        return (JobPropertyDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    @CheckForNull
    public Action getJobAction(J job) {
        return null;
    }

    @NonNull
    public Collection<? extends Action> getJobActions(J job) {
        Action a = getJobAction(job);
        return a == null ? List.of() : List.of(a);
    }
}
