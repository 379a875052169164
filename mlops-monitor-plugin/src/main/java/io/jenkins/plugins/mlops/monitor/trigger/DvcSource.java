package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.GitFile;
import io.jenkins.mlops.monitor.trigger.WatchedDvc;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What a {@code dvc.lock} or {@code .dvc} file of a Git repository says about data.
 *
 * <p>The git command of an agent asks, not the job's own checkout: the data's repository need not be the code's, nothing
 * is checked out, and where the branch has not moved one {@code ls-remote} is all. On the controller it runs only if
 * that takes builds, which could start git there as well.
 */
public final class DvcSource extends DataSource {
    private final String url;
    private String ref = "main";
    private String file = "dvc.lock";
    private String output = "";
    private String label = "";

    @CheckForNull
    private String credentialsId;

    @DataBoundConstructor
    public DvcSource(String url) {
        this.url = Util.fixNull(url).trim();
        gitFile();
    }

    /** @throws IllegalArgumentException for what is no address, branch or path */
    private GitFile gitFile() {
        return new GitFile(url, ref, file);
    }

    public String getUrl() {
        return url;
    }

    public String getRef() {
        return ref;
    }

    /** Branch or tag; {@code main} by default. */
    @DataBoundSetter
    public void setRef(@CheckForNull String ref) {
        String given = Util.fixEmptyAndTrim(ref) == null ? "main" : ref.trim();
        new GitFile(url, given, file);
        this.ref = given;
    }

    public String getFile() {
        return file;
    }

    /** The file in the repository: {@code dvc.lock} by default, or a {@code .dvc} file. */
    @DataBoundSetter
    public void setFile(@CheckForNull String file) {
        String given = Util.fixEmptyAndTrim(file) == null ? "dvc.lock" : file.trim();
        new GitFile(url, ref, given);
        if (!given.endsWith("dvc.lock") && !given.endsWith(".dvc")) {
            throw new IllegalArgumentException("file: expected dvc.lock or a .dvc file, found '" + given + "'");
        }
        this.file = given;
    }

    public String getOutput() {
        return output;
    }

    /** Only this output of the file; empty for all. */
    @DataBoundSetter
    public void setOutput(@CheckForNull String output) {
        this.output = Util.fixNull(output).trim();
    }

    public String getLabel() {
        return label;
    }

    /** An agent with git, by a label expression; empty for any. */
    @DataBoundSetter
    public void setLabel(@CheckForNull String label) {
        this.label = Util.fixNull(label).trim();
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a user name with password or token, for https; null for none. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    public String describe() {
        return file + (output.isEmpty() ? "" : " (" + output + ")") + " of "
                + gitFile().shownUrl() + " at " + ref;
    }

    @Override
    protected String identity() {
        return String.join("\0", gitFile().shownUrl(), ref, file, output);
    }

    @Override
    protected DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException {
        String user = "";
        String password = "";
        if (credentialsId != null) {
            StandardUsernamePasswordCredentials found =
                    SourceCredentials.find(job, credentialsId, StandardUsernamePasswordCredentials.class, url);
            user = found.getUsername();
            password = found.getPassword().getPlainText();
        }
        GitFile.Found found =
                place().act(new GitFileTask(gitFile(), before == null ? "" : before.tag(), user, password));
        try {
            return WatchedDvc.state(file, output, found, before);
        } catch (IllegalArgumentException x) {
            throw new IOException(x.getMessage(), x);
        }
    }

    private FilePath place() throws IOException {
        Jenkins jenkins = Jenkins.get();
        boolean builds = jenkins.getNumExecutors() > 0;
        boolean here = label.isEmpty() ? builds && jenkins.getNodes().isEmpty() : AgentPlace.isController(label);
        FilePath home = jenkins.getRootPath();
        if (here && home != null) {
            if (!builds) {
                throw new IOException(
                        "The controller takes no builds, so git is not started there: name an agent's label.");
            }
            return home;
        }
        return AgentPlace.of(label);
    }

    /** Describes the source. */
    @Extension
    @Symbol("dvc")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DvcSource_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return credentials(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
