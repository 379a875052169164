package hudson.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.labels.LabelAtom;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A machine that runs builds. */
@ExportedBean
public abstract class Node implements Describable<Node>, ExtensionPoint, AccessControlled, Saveable, ModelObject {
    @Override
    public String getDisplayName() {
        return getNodeName();
    }

    @Override
    public void save() throws IOException {}

    @NonNull
    public abstract String getNodeName();

    @Deprecated
    public abstract void setNodeName(String name);

    @Exported
    public abstract String getNodeDescription();

    @NonNull
    public abstract Launcher createLauncher(TaskListener listener);

    @Exported
    public abstract int getNumExecutors();

    @Exported
    public abstract Mode getMode();

    @CheckForNull
    public final Computer toComputer() {
        return Jenkins.get().getComputer(getNodeName());
    }

    @CheckForNull
    public final VirtualChannel getChannel() {
        Computer c = toComputer();
        return c == null ? null : c.getChannel();
    }

    @CheckForNull
    protected abstract Computer createComputer();

    @Exported
    public Set<LabelAtom> getAssignedLabels() {
        Set<LabelAtom> all = new LinkedHashSet<>(Label.parse(getLabelString()));
        all.add(getSelfLabel());
        return all;
    }

    public abstract String getLabelString();

    public void setLabelString(String labelString) throws IOException {
        throw new UnsupportedOperationException(getClass().getName() + " has fixed labels");
    }

    @NonNull
    public LabelAtom getSelfLabel() {
        String name = Util.fixEmpty(getNodeName());
        return LabelAtom.get(name == null ? "built-in" : name);
    }

    public abstract @CheckForNull FilePath getWorkspaceFor(@NonNull TopLevelItem item);

    public abstract @CheckForNull FilePath getRootPath();

    public @CheckForNull FilePath createPath(String absolutePath) {
        VirtualChannel ch = getChannel();
        return ch == null ? null : new FilePath(ch, absolutePath);
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getAuthorizationStrategy().getRootACL();
    }

    /** Whether any task may come, or only those that name a label. */
    public enum Mode {
        NORMAL("Use this node as much as possible"),
        EXCLUSIVE("Only build jobs with label expressions matching this node");

        private final String description;

        Mode(String description) {
            this.description = description;
        }

        public String getDescription() {
            return description;
        }
    }
}
