package io.jenkins.plugins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.BuildRef;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * On a build that is kept from being discarded because a version came of it; absent where a person had kept it before.
 *
 * <p>So what the suite has kept it lets go again, and what a person has kept stays.
 */
public final class BuildKeep extends InvisibleAction {
    private static final Logger LOGGER = Logger.getLogger(BuildKeep.class.getName());

    private BuildKeep() {}

    /**
     * Keeps a build for its versions.
     *
     * @return whether it was not kept before
     * @throws IOException if the build's record can't be written; then nothing is kept
     */
    public static boolean keep(Run<?, ?> build) throws IOException {
        if (build.isKeepLog()) {
            return false;
        }
        BuildKeep mark = new BuildKeep();
        build.addAction(mark);
        try {
            build.keepLog(true); // writes both
        } catch (IOException x) {
            build.removeAction(mark);
            throw x;
        }
        return true;
    }

    /** Lets a build go that {@link #keep} has kept; one that a person has kept stays. */
    public static void release(Run<?, ?> build) throws IOException {
        BuildKeep mark = build.getAction(BuildKeep.class);
        if (mark != null) {
            build.removeAction(mark);
            build.keepLog(false);
        }
    }

    /** Lets the build of a version that was deleted go, if it was the last one. The registry's word, so as the system. */
    public static void releaseUnused(@CheckForNull BuildRef reference) throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> build = BuildReferences.find(reference);
            if (reference != null
                    && build != null
                    && !RegistryConnection.get().registry().hasVersionsOf(reference.job(), reference.number())) {
                release(build);
            }
        }
    }

    /** As {@link #releaseUnused}, where the deletion stands whatever becomes of the build. */
    public static void releaseUnusedOrLog(@CheckForNull BuildRef reference) {
        try {
            releaseUnused(reference);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "The build " + reference + " stays kept, though its versions are gone");
        }
    }
}
