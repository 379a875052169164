package hudson.model.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Queue;
import org.springframework.security.core.Authentication;

/** Questions about tasks. */
public class Tasks {
    private Tasks() {}

    /** As whom a task runs; no item authenticator is known here. */
    @NonNull
    public static Authentication getAuthenticationOf2(@NonNull Queue.Task t) {
        return t.getDefaultAuthentication2();
    }
}
