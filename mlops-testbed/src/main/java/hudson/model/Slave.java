package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import hudson.slaves.ComputerLauncher;
import io.jenkins.mlops.testbed.host.AgentComputer;
import java.io.IOException;
import java.io.Serializable;

/** An agent; here it lives in the controller's process and a folder of its own. */
public abstract class Slave extends Node implements Serializable {
    private static final long serialVersionUID = 1L;
    protected String name;
    protected final String remoteFS;
    private String description = "";
    private int numExecutors = 1;
    private Mode mode = Mode.NORMAL;
    private String label = "";

    protected Slave(@NonNull String name, String remoteFS, ComputerLauncher launcher)
            throws Descriptor.FormException, IOException {
        this.name = name;
        this.remoteFS = remoteFS;
    }

    @NonNull
    @Override
    public String getNodeName() {
        return name;
    }

    @Override
    public void setNodeName(String name) {
        this.name = name;
    }

    @Override
    public String getNodeDescription() {
        return description;
    }

    @Override
    public int getNumExecutors() {
        return numExecutors;
    }

    @Override
    public Mode getMode() {
        return mode;
    }

    public void setMode(Mode mode) {
        this.mode = mode;
    }

    @Override
    public String getLabelString() {
        return label;
    }

    @Override
    public void setLabelString(String labelString) throws IOException {
        label = labelString == null ? "" : labelString.trim();
    }

    @Override
    public Computer createComputer() {
        return new AgentComputer(this);
    }

    @Override
    public FilePath getWorkspaceFor(TopLevelItem item) {
        FilePath root = getWorkspaceRoot();
        return root == null ? null : root.child(item.getFullName());
    }

    @Override
    public FilePath getRootPath() {
        return createPath(remoteFS);
    }

    public @CheckForNull FilePath getWorkspaceRoot() {
        FilePath root = getRootPath();
        return root == null ? null : root.child("workspace");
    }

    @NonNull
    @Override
    public Launcher createLauncher(TaskListener listener) {
        VirtualChannel channel = getChannel();
        if (channel == null) {
            throw new IllegalStateException(name + " is offline");
        }
        return new Launcher.RemoteLauncher(listener, channel, true);
    }
}
