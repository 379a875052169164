package hudson.security;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Says who somebody is. */
public abstract class SecurityRealm implements Describable<SecurityRealm>, ExtensionPoint {
    /** Nobody can log in. */
    public static final SecurityRealm NO_AUTHENTICATION = new None();

    public static final GrantedAuthority AUTHENTICATED_AUTHORITY2 = new SimpleGrantedAuthority("authenticated");

    private transient SecurityComponents securityComponents;

    public abstract SecurityComponents createSecurityComponents();

    @Override
    public Descriptor<SecurityRealm> getDescriptor() {
        return Describable.super.getDescriptor();
    }

    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        return getSecurityComponents().userDetails2.loadUserByUsername(username);
    }

    /** Looks a group up; a realm that knows of none says that it can't tell. */
    public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) throws UsernameNotFoundException {
        throw new UserMayOrMayNotExistException2(groupname);
    }

    public synchronized SecurityComponents getSecurityComponents() {
        if (securityComponents == null) {
            securityComponents = createSecurityComponents();
        }
        return securityComponents;
    }

    /** What checks passwords and finds people. */
    public static final class SecurityComponents {
        public final AuthenticationManager manager2;
        public final UserDetailsService userDetails2;

        public SecurityComponents(AuthenticationManager manager, UserDetailsService userDetails) {
            this.manager2 = manager;
            this.userDetails2 = userDetails;
        }
    }

    private static final class None extends SecurityRealm {
        @Override
        public SecurityComponents createSecurityComponents() {
            return new SecurityComponents(
                    a -> {
                        throw new BadCredentialsException("There is no login");
                    },
                    name -> {
                        throw new UsernameNotFoundException(name);
                    });
        }
    }
}
