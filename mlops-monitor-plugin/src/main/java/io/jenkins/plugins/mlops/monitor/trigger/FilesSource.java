package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Job;
import io.jenkins.mlops.monitor.trigger.DataState;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A file or folder on an agent, or in those folders of the controller that an administrator has opened. */
public final class FilesSource extends DataSource {
    private final String path;
    private String label = "";

    @DataBoundConstructor
    public FilesSource(String path) {
        this.path = Util.fixNull(path).trim();
        if (this.path.isEmpty()) {
            throw new IllegalArgumentException("files: expected an absolute path, found none");
        }
    }

    public String getPath() {
        return path;
    }

    public String getLabel() {
        return label;
    }

    /** The agent that has the file, by a label expression; empty for the controller. */
    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Util.fixNull(label).trim();
    }

    @Override
    public String describe() {
        return path + " on " + (label.isEmpty() ? "the controller" : label);
    }

    @Override
    protected String identity() {
        return label + "\0" + path;
    }

    @Override
    protected DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException {
        if (label.isEmpty() || AgentPlace.isController(label)) {
            FilePath home = Jenkins.get().getRootPath();
            if (home == null) {
                throw new IOException("Jenkins has no home folder");
            }
            return home.act(new WatchFilesTask(
                    path, key(), before, countRows, TriggerConfiguration.get().roots()));
        }
        return AgentPlace.of(label).act(new WatchFilesTask(path, key(), before, countRows, null));
    }

    /** Describes the source. */
    @Extension
    @Symbol("files")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FilesSource_displayName();
        }
    }
}
