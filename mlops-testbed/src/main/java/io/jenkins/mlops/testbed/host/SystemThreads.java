package io.jenkins.mlops.testbed.host;

import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ThreadFactory;

/** Makes daemon threads that work for the system, as Jenkins' shared pools do. */
public final class SystemThreads {
    private SystemThreads() {}

    /** Threads with names that begin so. */
    public static ThreadFactory named(String name) {
        ThreadFactory plain = new NamingThreadFactory(new DaemonThreadFactory(), name);
        return r -> plain.newThread(() -> {
            ACL.impersonate2(ACL.SYSTEM2);
            r.run();
        });
    }
}
