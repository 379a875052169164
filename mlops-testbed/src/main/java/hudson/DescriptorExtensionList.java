package hudson;

import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.mlops.testbed.host.Extensions;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** The descriptors of one kind of describable. */
public class DescriptorExtensionList<T extends Describable<T>, D extends Descriptor<T>> extends ExtensionList<D> {
    private final Class<T> describableType;

    @SuppressWarnings({"unchecked", "rawtypes"})
    protected DescriptorExtensionList(Jenkins jenkins, Class<T> describableType) {
        super(jenkins, (Class) Descriptor.class);
        this.describableType = describableType;
    }

    public static <T extends Describable<T>, D extends Descriptor<T>>
            DescriptorExtensionList<T, D> createDescriptorList(Jenkins jenkins, Class<T> describableType) {
        return new DescriptorExtensionList<>(jenkins, describableType);
    }

    public D find(String fqcn) {
        return Descriptor.find(this, fqcn);
    }

    public D find(Class<? extends T> type) {
        for (D d : this) {
            if (d.clazz == type) {
                return d;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected List<ExtensionComponent<D>> load() {
        List<ExtensionComponent<D>> mine = new ArrayList<>();
        List<ExtensionComponent<Descriptor>> all = Extensions.of(jenkins).find(Descriptor.class);
        for (ExtensionComponent<Descriptor> c : all) {
            if (describableType.isAssignableFrom(c.getInstance().clazz)) {
                mine.add((ExtensionComponent) c);
            }
        }
        return mine;
    }
}
