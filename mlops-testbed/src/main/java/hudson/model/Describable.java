package hudson.model;

import jenkins.model.Jenkins;

/** A configurable thing whose metadata is in a {@link Descriptor}. */
public interface Describable<T extends Describable<T>> {
    @SuppressWarnings("unchecked")
    default Descriptor<T> getDescriptor() {
        return Jenkins.get().getDescriptorOrDie(getClass());
    }
}
