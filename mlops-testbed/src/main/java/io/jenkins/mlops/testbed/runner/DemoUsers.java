package io.jenkins.mlops.testbed.runner;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A few people with different rights, so that approvals can be tried out. Each one's password is the name. */
final class DemoUsers {
    private static final String ADMINISTRATOR = "admin";
    private static final String MANAGER = "manager";
    private static final String DEVELOPER = "developer";
    private static final String VIEWER = "viewer";

    /** What somebody who develops models may not do with them. */
    private static final Set<String> DECISIONS = Set.of("Approve", "Configure", "Deploy");

    private DemoUsers() {}

    static void install(Jenkins jenkins) {
        jenkins.setSecurityRealm(new Realm());
        jenkins.setAuthorizationStrategy(new Rights());
    }

    static void describe(PrintStream out) {
        out.println("log in as " + ADMINISTRATOR + ", " + MANAGER + " (approves), " + DEVELOPER
                + " (trains and asks) or " + VIEWER + " (looks); the password is the name");
    }

    private static boolean isGranted(String name, Permission permission) {
        if (name.equals(ADMINISTRATOR)) {
            return true;
        }
        if (!Set.of(MANAGER, DEVELOPER, VIEWER).contains(name)) {
            return false;
        }
        boolean looks = Set.of(Jenkins.READ, Item.READ, Item.DISCOVER).contains(permission);
        boolean ofModels = permission.owner.getName().contains(".mlops.");
        boolean works = Set.of(Item.BUILD, Item.CANCEL, Item.WORKSPACE, Run.UPDATE, Computer.BUILD)
                .contains(permission);
        return switch (name) {
            case MANAGER -> looks || ofModels || works;
            case DEVELOPER -> looks || ofModels && !DECISIONS.contains(permission.name) || works;
            default -> looks || ofModels && permission.name.equals("View");
        };
    }

    /** Who may do what. */
    private static final class Rights extends AuthorizationStrategy {
        @NonNull
        @Override
        public ACL getRootACL() {
            return new ACL() {
                @Override
                public boolean hasPermission2(@NonNull Authentication who, @NonNull Permission permission) {
                    for (Permission p = permission; p != null; p = p.impliedBy) {
                        if (who.equals(ACL.SYSTEM2) || isGranted(who.getName(), p)) {
                            return true;
                        }
                    }
                    return false;
                }
            };
        }

        @NonNull
        @Override
        public Collection<String> getGroups() {
            return List.of("release-managers");
        }
    }

    /** Who is who. */
    private static final class Realm extends AbstractPasswordBasedSecurityRealm {
        @Override
        protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
            if (!username.equals(password)) {
                throw new BadCredentialsException("the password is the name");
            }
            return loadUserByUsername2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
            if (!Set.of(ADMINISTRATOR, MANAGER, DEVELOPER, VIEWER).contains(username)) {
                throw new UsernameNotFoundException(username);
            }
            List<GrantedAuthority> authorities = new ArrayList<>();
            authorities.add(AUTHENTICATED_AUTHORITY2);
            if (username.equals(MANAGER)) {
                authorities.add(new SimpleGrantedAuthority("release-managers"));
            }
            return new User(username, "", authorities);
        }
    }
}
