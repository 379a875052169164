package hudson;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.mlops.testbed.host.Extensions;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;

/** The extensions of one type, highest ordinal first. */
public class ExtensionList<T> extends AbstractList<T> {
    public final Jenkins jenkins;
    public final Class<T> extensionType;

    private volatile List<ExtensionComponent<T>> components;
    private final List<ExtensionComponent<T>> added = new CopyOnWriteArrayList<>();

    protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
        this.jenkins = jenkins;
        this.extensionType = extensionType;
    }

    public @CheckForNull <U extends T> U get(@NonNull Class<U> type) {
        for (T ext : this) {
            if (ext.getClass() == type) {
                return type.cast(ext);
            }
        }
        return null;
    }

    public @NonNull <U extends T> U getInstance(@NonNull Class<U> type) throws IllegalStateException {
        U found = get(type);
        if (found == null) {
            throw new IllegalStateException("The class " + type.getName() + " was not found among "
                    + extensionType.getName() + " extensions, potentially not yet loaded");
        }
        return found;
    }

    @Override
    public @NonNull Iterator<T> iterator() {
        return snapshot().iterator();
    }

    public List<ExtensionComponent<T>> getComponents() {
        return List.copyOf(ensureLoaded());
    }

    @Override
    public T get(int index) {
        return ensureLoaded().get(index).getInstance();
    }

    @Override
    public int size() {
        return ensureLoaded().size();
    }

    @Override
    public synchronized boolean add(T t) {
        added.add(new ExtensionComponent<>(t));
        components = null;
        return true;
    }

    @Override
    public void add(int index, T t) {
        add(t);
    }

    @Override
    public synchronized boolean remove(Object o) {
        ensureLoaded();
        List<ExtensionComponent<T>> kept = new ArrayList<>(components);
        boolean removed = kept.removeIf(c -> c.getInstance() == o);
        added.removeIf(c -> c.getInstance() == o);
        components = kept;
        return removed;
    }

    protected List<ExtensionComponent<T>> load() {
        return Extensions.of(jenkins).find(extensionType);
    }

    protected List<ExtensionComponent<T>> sort(List<ExtensionComponent<T>> r) {
        List<ExtensionComponent<T>> sorted = new ArrayList<>(r);
        sorted.sort((a, b) -> a.compareTo(b));
        return sorted;
    }

    private List<T> snapshot() {
        return ensureLoaded().stream().map(ExtensionComponent::getInstance).toList();
    }

    private List<ExtensionComponent<T>> ensureLoaded() {
        List<ExtensionComponent<T>> c = components;
        if (c == null) {
            // An extension's constructor may come back here, so nothing is locked while instances are made.
            List<ExtensionComponent<T>> loaded = new ArrayList<>(load());
            synchronized (this) {
                loaded.addAll(added);
                if (components == null) {
                    components = sort(loaded);
                }
                c = components;
            }
        }
        return c;
    }

    public static <T> ExtensionList<T> create(Jenkins jenkins, Class<T> type) {
        return new ExtensionList<>(jenkins, type);
    }

    public static @NonNull <T> ExtensionList<T> lookup(Class<T> type) {
        return Jenkins.get().getExtensionList(type);
    }

    public static @NonNull <U> U lookupSingleton(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    public static @NonNull <U> U lookupFirst(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.isEmpty()) {
            throw new IllegalStateException("Found no instances of " + type.getName());
        }
        return all.get(0);
    }
}
