package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Run;
import io.jenkins.mlops.testbed.host.Folders;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import jenkins.util.VirtualFile;

/** Keeps artifacts in the build's folder. */
public class StandardArtifactManager extends ArtifactManager {
    protected transient Run<?, ?> build;

    public StandardArtifactManager(Run<?, ?> build) {
        onLoad(build);
    }

    @Override
    public final void onLoad(Run<?, ?> build) {
        this.build = build;
    }

    private File dir() {
        return new File(build.getRootDir(), "archive");
    }

    @Override
    public void archive(FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
            throws IOException, InterruptedException {
        FilePath target = new FilePath(dir());
        for (Map.Entry<String, String> e : artifacts.entrySet()) {
            workspace.child(e.getValue()).copyTo(target.child(e.getKey()));
        }
    }

    @Override
    public final boolean delete() throws IOException, InterruptedException {
        boolean there = dir().exists();
        Folders.delete(dir().toPath());
        return there;
    }

    @Override
    public VirtualFile root() {
        return VirtualFile.forFile(dir());
    }
}
