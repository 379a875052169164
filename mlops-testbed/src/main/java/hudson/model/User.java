package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.SecurityRealm;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A person. */
@ExportedBean
public class User implements AccessControlled, Comparable<User>, ModelObject {
    private static final Map<Jenkins, Map<String, User>> KNOWN = new WeakHashMap<>();
    private final String id;
    private volatile String fullName;

    User(String id) {
        this.id = id;
        this.fullName = id;
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
    public int compareTo(@NonNull User that) {
        return id.compareToIgnoreCase(that.id);
    }

    @Exported
    @NonNull
    public String getId() {
        return id;
    }

    public @NonNull String getUrl() {
        return "user/" + hudson.Util.rawEncode(id);
    }

    @Exported(visibility = 999)
    public @NonNull String getAbsoluteUrl() {
        return Jenkins.get().getRootUrl() + getUrl();
    }

    @Exported(visibility = 999)
    public @NonNull String getFullName() {
        return fullName;
    }

    @Override
    public @NonNull String getDisplayName() {
        return getFullName();
    }

    public @NonNull Authentication impersonate2() throws UsernameNotFoundException {
        return new UsernamePasswordAuthenticationToken(id, "", authorities());
    }

    private Collection<? extends GrantedAuthority> authorities() {
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        if (realm == SecurityRealm.NO_AUTHENTICATION) {
            return List.of(SecurityRealm.AUTHENTICATED_AUTHORITY2);
        }
        try {
            UserDetails details = realm.loadUserByUsername2(id);
            List<GrantedAuthority> all = new java.util.ArrayList<>(details.getAuthorities());
            if (!all.contains(SecurityRealm.AUTHENTICATED_AUTHORITY2)) {
                all.add(SecurityRealm.AUTHENTICATED_AUTHORITY2);
            }
            return all;
        } catch (UsernameNotFoundException e) {
            return List.of(SecurityRealm.AUTHENTICATED_AUTHORITY2);
        }
    }

    public static @CheckForNull User current() {
        return get2(Jenkins.getAuthentication2());
    }

    public static @CheckForNull User get2(@CheckForNull Authentication a) {
        return a == null || ACL.isAnonymous2(a) ? null : getById(a.getName(), true);
    }

    public static @Nullable User getById(String id, boolean create) {
        synchronized (KNOWN) {
            Map<String, User> users = KNOWN.computeIfAbsent(Jenkins.get(), j -> new TreeMap<>());
            String key = id.toLowerCase(Locale.ROOT);
            User u = users.get(key);
            if (u == null && create) {
                u = new User(id);
                users.put(key, u);
            }
            return u;
        }
    }

    public static @CheckForNull User get(String idOrFullName, boolean create, @NonNull Map context) {
        return getById(idOrFullName, create);
    }

    public static @NonNull User getOrCreateByIdOrFullName(@NonNull String idOrFullName) {
        return getById(idOrFullName, true);
    }

    public static @NonNull Collection<User> getAll() {
        synchronized (KNOWN) {
            return List.copyOf(KNOWN.getOrDefault(Jenkins.get(), Map.of()).values());
        }
    }

    @NonNull
    @Override
    public ACL getACL() {
        ACL base = Jenkins.get().getAuthorizationStrategy().getACL(this);
        return ACL.lambda2((a, p) -> id.equalsIgnoreCase(a.getName()) || base.hasPermission2(a, p));
    }

    @Override
    public String toString() {
        return id;
    }

    public Api getApi() {
        return new Api(this);
    }
}
