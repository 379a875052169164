package hudson.security;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jvnet.localizer.Localizable;

/** Permissions that belong together. */
public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {
    private static final List<PermissionGroup> ALL = new CopyOnWriteArrayList<>();

    public final Class owner;
    public final Localizable title;
    private final List<Permission> permissions = new CopyOnWriteArrayList<>();

    public PermissionGroup(@NonNull Class owner, Localizable title) throws IllegalStateException {
        this.owner = owner;
        this.title = title;
        ALL.add(this);
    }

    void add(Permission p) {
        if (find(p.name) != null) {
            throw new IllegalStateException("attempt to register a second Permission for " + p.getId());
        }
        permissions.add(p);
    }

    public String getId() {
        return title.toString();
    }

    @Override
    public @NonNull Iterator<Permission> iterator() {
        return permissions.iterator();
    }

    public synchronized Permission find(String name) {
        return permissions.stream().filter(p -> p.name.equals(name)).findFirst().orElse(null);
    }

    @Override
    public int compareTo(@NonNull PermissionGroup that) {
        return owner.getName().compareTo(that.owner.getName());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PermissionGroup g && owner == g.owner && getId().equals(g.getId());
    }

    @Override
    public int hashCode() {
        return owner.hashCode();
    }

    public static synchronized @NonNull List<PermissionGroup> getAll() {
        return List.copyOf(ALL);
    }

    public static synchronized @CheckForNull PermissionGroup get(Class owner) {
        return ALL.stream().filter(g -> g.owner == owner).findFirst().orElse(null);
    }
}
