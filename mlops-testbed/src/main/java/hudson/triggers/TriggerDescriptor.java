package hudson.triggers;

import hudson.model.Descriptor;
import hudson.model.Item;

/** The descriptor of a {@link Trigger}. */
public abstract class TriggerDescriptor extends Descriptor<Trigger<?>> {
    protected TriggerDescriptor() {}

    public abstract boolean isApplicable(Item item);
}
