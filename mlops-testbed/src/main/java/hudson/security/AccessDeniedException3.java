package hudson.security;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** Says who lacks which permission. */
public class AccessDeniedException3 extends AccessDeniedException {
    private static final long serialVersionUID = 1L;

    public final transient Authentication authentication;
    public final transient Permission permission;

    public AccessDeniedException3(Authentication authentication, Permission permission) {
        this(null, authentication, permission);
    }

    public AccessDeniedException3(Throwable t, Authentication authentication, Permission permission) {
        super(
                authentication.getName() + " is missing the " + permission.group.title + "/" + permission.name
                        + " permission",
                t);
        this.authentication = authentication;
        this.permission = permission;
    }

    public void reportAsHeaders(HttpServletResponse rsp) {
        rsp.addHeader("X-You-Are-Authenticated-As", authentication.getName());
        for (Permission p = permission; p != null; p = p.impliedBy) {
            rsp.addHeader(p == permission ? "X-Required-Permission" : "X-Permission-Implied-By", p.getId());
        }
    }
}
