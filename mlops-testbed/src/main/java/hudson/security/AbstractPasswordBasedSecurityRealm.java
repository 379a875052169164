package hudson.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Knows people by name and password. */
public abstract class AbstractPasswordBasedSecurityRealm extends SecurityRealm {
    @Override
    public SecurityComponents createSecurityComponents() {
        return new SecurityComponents(
                a -> {
                    UserDetails u = authenticate2(a.getName(), String.valueOf(a.getCredentials()));
                    List<GrantedAuthority> authorities = new ArrayList<>(u.getAuthorities());
                    if (!authorities.contains(AUTHENTICATED_AUTHORITY2)) {
                        authorities.add(AUTHENTICATED_AUTHORITY2);
                    }
                    return new UsernamePasswordAuthenticationToken(u, null, authorities);
                },
                this::loadUserByUsername2);
    }

    protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
        throw new AbstractMethodError(getClass() + " must override authenticate2");
    }

    @Override
    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        throw new AbstractMethodError(getClass() + " must override loadUserByUsername2");
    }
}
