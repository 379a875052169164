package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The step {@code fetchModel}: brings the files of a registered version into the workspace. */
public final class FetchModelStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_DIR = "model";

    private final String name;
    private int version = 0;

    @CheckForNull
    private String alias;

    private String dir = DEFAULT_DIR;

    @DataBoundConstructor
    public FetchModelStep(String name) {
        this.name = name;
    }

    /** The registered model's name. */
    public String getName() {
        return name;
    }

    public int getVersion() {
        return version;
    }

    /** The version's number; 0 for the one that holds the alias. */
    @DataBoundSetter
    public void setVersion(int version) {
        this.version = version;
    }

    @CheckForNull
    public String getAlias() {
        return alias;
    }

    /** The alias whose version is wanted; {@code champion} where neither it nor a number is given. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        this.alias = Util.fixEmptyAndTrim(alias);
    }

    public String getDir() {
        return dir;
    }

    /** The folder of the workspace that the files are put into. */
    @DataBoundSetter
    public void setDir(@CheckForNull String dir) {
        String given = Util.fixEmptyAndTrim(dir);
        this.dir = given == null ? DEFAULT_DIR : given;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new FetchModelExecution(context, this);
    }

    /** Describes {@code fetchModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "fetchModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.FetchModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }
    }
}
