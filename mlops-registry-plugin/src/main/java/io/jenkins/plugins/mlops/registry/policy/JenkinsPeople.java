package io.jenkins.plugins.mlops.registry.policy;

import hudson.model.User;
import hudson.security.GroupDetails;
import hudson.security.SecurityRealm;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.mlops.registry.approval.KnownPeople;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** What Jenkins knows about users and groups, by its security realm. */
public final class JenkinsPeople implements KnownPeople {
    public static final JenkinsPeople INSTANCE = new JenkinsPeople();

    private static final Logger LOGGER = Logger.getLogger(JenkinsPeople.class.getName());

    private JenkinsPeople() {}

    @Override
    public Optional<Boolean> isGroup(String name) {
        if (isBuiltIn(name)) {
            return Optional.of(true);
        }
        try {
            return realm().loadGroupByGroupname2(name, false) == null ? Optional.empty() : Optional.of(true);
        } catch (UserMayOrMayNotExistException2 x) {
            return Optional.empty();
        } catch (AuthenticationException x) {
            return Optional.of(false);
        } catch (RuntimeException x) {
            return unknown(name, x);
        }
    }

    @Override
    public Optional<Set<String>> members(String group) {
        if (isBuiltIn(group)) {
            return Optional.empty();
        }
        try {
            GroupDetails details = realm().loadGroupByGroupname2(group, true);
            return details == null ? Optional.empty() : Optional.ofNullable(details.getMembers());
        } catch (UserMayOrMayNotExistException2 x) {
            return Optional.empty();
        } catch (AuthenticationException x) {
            return Optional.of(Set.of());
        } catch (RuntimeException x) {
            return unknown(group, x);
        }
    }

    @Override
    public Optional<Boolean> isUser(String id) {
        if (User.getById(id, false) != null) {
            return Optional.of(true);
        }
        try {
            realm().loadUserByUsername2(id);
            return Optional.of(true);
        } catch (UserMayOrMayNotExistException2 x) {
            return Optional.empty();
        } catch (AuthenticationException x) {
            return Optional.of(false);
        } catch (RuntimeException x) {
            return unknown(id, x);
        }
    }

    /** Whether the security realm is certain that there is no user of this id: one that was deleted. */
    public boolean isGone(String id) {
        if (realm() == SecurityRealm.NO_AUTHENTICATION) {
            return false;
        }
        try {
            realm().loadUserByUsername2(id);
            return false;
        } catch (UserMayOrMayNotExistException2 x) {
            return false;
        } catch (UsernameNotFoundException x) {
            return true;
        } catch (RuntimeException x) {
            return JenkinsPeople.<Boolean>unknown(id, x).orElse(false);
        }
    }

    /** Groups that Jenkins itself gives to whoever is logged in. */
    private static boolean isBuiltIn(String group) {
        return group.equals(SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority());
    }

    private static SecurityRealm realm() {
        return Jenkins.get().getSecurityRealm();
    }

    /** A realm that can't be asked now leaves the name unknown. */
    private static <T> Optional<T> unknown(String name, RuntimeException failure) {
        LOGGER.log(Level.FINE, failure, () -> "The security realm could not say who " + name + " is");
        return Optional.empty();
    }
}
