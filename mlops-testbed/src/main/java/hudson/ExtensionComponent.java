package hudson;

/** An extension with its place in the order. */
public class ExtensionComponent<T> implements Comparable<ExtensionComponent<T>> {
    private final T instance;
    private final double ordinal;

    public ExtensionComponent(T instance, double ordinal) {
        this.instance = instance;
        this.ordinal = ordinal;
    }

    public ExtensionComponent(T instance) {
        this(instance, 0);
    }

    public T getInstance() {
        return instance;
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public int compareTo(ExtensionComponent<T> that) {
        int byOrdinal = Double.compare(that.ordinal, ordinal);
        return byOrdinal != 0 ? byOrdinal : name(instance).compareTo(name(that.instance));
    }

    private static String name(Object o) {
        return o instanceof hudson.model.Descriptor<?> d
                ? d.clazz.getName()
                : o.getClass().getName();
    }
}
