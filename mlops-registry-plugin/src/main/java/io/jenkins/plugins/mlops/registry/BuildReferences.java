package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.BuildRef;
import java.util.LinkedHashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/** Names builds, and the people behind them, by the plain values that the registry keeps. */
public final class BuildReferences {
    /** Who is named where no person started a build: a timer, a push, another job. */
    public static final String SYSTEM = "SYSTEM";

    private BuildReferences() {}

    /** The build by its job's full name and number, with its URL where this controller knows its own. */
    public static BuildRef of(Run<?, ?> build) {
        String root = Jenkins.get().getRootUrl();
        return new BuildRef(
                build.getParent().getFullName(),
                build.getNumber(),
                root == null ? null : root + build.getUrl(),
                build.getExternalizableId());
    }

    /** The id of the user who started the build, {@link #SYSTEM} if no one did. */
    public static String startedBy(Run<?, ?> build) {
        return starters(build).stream().findFirst().orElse(SYSTEM);
    }

    /** The ids of all users who started the build: several, where requests of one queue item were joined. */
    public static Set<String> starters(Run<?, ?> build) {
        Set<String> users = new LinkedHashSet<>();
        for (Cause cause : build.getCauses()) {
            if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
                users.add(user.getUserId());
            }
        }
        return users;
    }

    /** The build that is named, null if it isn't there or the present user may not see its job. */
    @CheckForNull
    public static Run<?, ?> find(@CheckForNull BuildRef reference) {
        Job<?, ?> job = reference == null ? null : Jenkins.get().getItemByFullName(reference.job(), Job.class);
        return job == null ? null : job.getBuildByNumber(reference.number());
    }

    /** Whether the build is there and goes on. */
    public static boolean isRunning(@CheckForNull BuildRef reference) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> build = find(reference);
            return build != null && build.isBuilding();
        }
    }
}
