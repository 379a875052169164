package jenkins.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Run;
import java.io.IOException;
import java.util.Map;
import jenkins.util.VirtualFile;

/** Keeps a build's artifacts. */
public abstract class ArtifactManager {
    public abstract void onLoad(@NonNull Run<?, ?> build);

    /** Copies files to where artifacts are kept; keys are paths of artifacts, values paths in the workspace. */
    public abstract void archive(
            FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException;

    public abstract boolean delete() throws IOException, InterruptedException;

    public abstract @NonNull VirtualFile root();
}
