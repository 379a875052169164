package hudson.triggers;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Item;
import jenkins.model.Jenkins;

/** What starts a job's builds by itself on a controller; here the job only keeps it. */
public abstract class Trigger<J extends Item> implements Describable<Trigger<?>>, ExtensionPoint {
    protected final String spec;

    @CheckForNull
    protected transient J job;

    protected Trigger(@NonNull String spec) {
        if (!CronText.isValid(spec)) {
            throw new IllegalArgumentException("Invalid input: \"" + spec + "\"");
        }
        this.spec = spec;
    }

    protected Trigger() {
        this("");
    }

    public void start(J project, boolean newInstance) {
        this.job = project;
    }

    public void run() {}

    public void stop() {}

    public final String getSpec() {
        return spec;
    }

    @Override
    public TriggerDescriptor getDescriptor() {
        return (TriggerDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
