package hudson.security;

import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Thrown by a realm that can't tell whether there is such a user or group. */
public class UserMayOrMayNotExistException2 extends UsernameNotFoundException {
    private static final long serialVersionUID = 1L;

    public UserMayOrMayNotExistException2(String msg) {
        super(msg);
    }

    public UserMayOrMayNotExistException2(String msg, Throwable cause) {
        super(msg, cause);
    }
}
