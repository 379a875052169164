package org.jvnet.hudson.test;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Rights that a test spells out; nobody has any other. */
public class MockAuthorizationStrategy extends AuthorizationStrategy {
    private final List<Rule> rules = new ArrayList<>();

    /** No record, for it is kept in Jenkins' settings over a restart. */
    private static final class Rule {
        private final Set<String> permissions;
        private final String paths;
        private final Set<String> sids;
        private final boolean everyone;
        private final boolean known;

        Rule(Set<String> permissions, String paths, Set<String> sids, boolean everyone, boolean known) {
            this.permissions = new TreeSet<>(permissions);
            this.paths = paths;
            this.sids = new TreeSet<>(sids);
            this.everyone = everyone;
            this.known = known;
        }
    }

    public MockAuthorizationStrategy() {}

    /** Grants permissions and what they imply. */
    public Grant grant(Permission... permissions) {
        Set<Permission> all = new HashSet<>(List.of(permissions));
        for (Permission p : Permission.getAll()) {
            for (Permission q = p; q != null; q = q.impliedBy) {
                if (List.of(permissions).contains(q)) {
                    all.add(p);
                }
            }
        }
        return grantWithoutImplication(all.toArray(new Permission[0]));
    }

    /** Grants exactly these permissions. */
    public Grant grantWithoutImplication(Permission... permissions) {
        Set<String> ids = new HashSet<>();
        for (Permission p : permissions) {
            ids.add(p.getId());
        }
        return new Grant(ids);
    }

    /** Permissions, to be given somewhere. */
    public class Grant {
        private final Set<String> permissions;

        Grant(Set<String> permissions) {
            this.permissions = permissions;
        }

        public GrantOn everywhere() {
            return onPaths(".*");
        }

        public GrantOn onRoot() {
            return onPaths("");
        }

        public GrantOn onItems(Item... items) {
            String[] paths = new String[items.length];
            for (int i = 0; i < paths.length; i++) {
                paths[i] = Pattern.quote(items[i].getFullName());
            }
            return onPaths(paths);
        }

        public GrantOn onPaths(String... pathRegexps) {
            return new GrantOn("(" + String.join("|", pathRegexps) + ")");
        }

        /** Permissions somewhere, to be given to somebody. */
        public class GrantOn {
            private final String regexp;

            GrantOn(String regexp) {
                this.regexp = regexp;
            }

            public MockAuthorizationStrategy to(String... sids) {
                return add(Set.of(sids), false, false);
            }

            public MockAuthorizationStrategy to(User... users) {
                String[] sids = new String[users.length];
                for (int i = 0; i < sids.length; i++) {
                    sids[i] = users[i].getId();
                }
                return to(sids);
            }

            public MockAuthorizationStrategy toEveryone() {
                return add(Set.of(), true, false);
            }

            public MockAuthorizationStrategy toAuthenticated() {
                return add(Set.of(), false, true);
            }

            private MockAuthorizationStrategy add(Set<String> sids, boolean everyone, boolean known) {
                synchronized (rules) {
                    rules.add(new Rule(permissions, regexp, sids, everyone, known));
                }
                return MockAuthorizationStrategy.this;
            }
        }
    }

    @NonNull
    @Override
    public ACL getRootACL() {
        return acl("");
    }

    @NonNull
    @Override
    public ACL getACL(@NonNull AbstractItem item) {
        return acl(item.getFullName());
    }

    @NonNull
    @Override
    public ACL getACL(@NonNull Job<?, ?> project) {
        return getACL((AbstractItem) project);
    }

    private ACL acl(String path) {
        return ACL.lambda2((who, permission) -> {
            for (Permission p = permission; p != null && !p.enabled; p = p.impliedBy) {
                permission = p.impliedBy == null ? permission : p.impliedBy;
            }
            String id = permission.getId();
            synchronized (rules) {
                return rules.stream()
                        .anyMatch(r -> r.permissions.contains(id) && path.matches(r.paths) && isFor(r, who));
            }
        });
    }

    private static boolean isFor(Rule r, Authentication who) {
        return r.everyone
                || r.known && !ACL.isAnonymous2(who)
                || r.sids.contains(who.getName())
                || who.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(r.sids::contains);
    }

    @NonNull
    @Override
    public Collection<String> getGroups() {
        return List.of();
    }
}
