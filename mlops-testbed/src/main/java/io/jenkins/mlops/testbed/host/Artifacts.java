package io.jenkins.mlops.testbed.host;

import hudson.ExtensionList;
import hudson.model.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerFactory;
import jenkins.model.StandardArtifactManager;

/** Finds where a build's artifacts are. */
public final class Artifacts {
    private Artifacts() {}

    /** The manager for a build that has none yet. */
    public static ArtifactManager choose(Run<?, ?> run) {
        for (ArtifactManagerFactory f : ExtensionList.lookup(ArtifactManagerFactory.class)) {
            ArtifactManager m = f.managerFor(run);
            if (m != null) {
                return m;
            }
        }
        return new StandardArtifactManager(run);
    }

    /** Paths of a build's artifacts, sorted. */
    public static List<String> list(Run<?, ?> run, int limit) {
        try {
            return run.getArtifactManager().root().list("**/*", null, false).stream()
                    .sorted()
                    .limit(limit)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
