package hudson.model;

/** Base of old describables; new ones implement {@link Describable}. */
@Deprecated(since = "2.505")
public abstract class AbstractDescribableImpl<T extends AbstractDescribableImpl<T>> implements Describable<T> {
    @Override
    public Descriptor<T> getDescriptor() {
        return Describable.super.getDescriptor();
    }
}
