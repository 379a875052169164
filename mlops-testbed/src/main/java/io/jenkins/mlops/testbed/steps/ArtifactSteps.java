package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Steps that keep files of the workspace: {@code archiveArtifacts}, {@code stash}, {@code unstash}. */
final class ArtifactSteps {
    private ArtifactSteps() {}

    private static FilePath stashes(StepContext context, String name) throws Exception {
        return new FilePath(new File(context.get(Run.class).getRootDir(), "stashes")).child(name);
    }

    /** Keeps files with the build. */
    public static final class Archive extends Step {
        private final String artifacts;
        private String excludes;
        private boolean allowEmptyArchive;

        @DataBoundConstructor
        public Archive(String artifacts) {
            this.artifacts = artifacts;
        }

        @DataBoundSetter
        public void setExcludes(@CheckForNull String excludes) {
            this.excludes = Util.fixEmptyAndTrim(excludes);
        }

        @DataBoundSetter
        public void setAllowEmptyArchive(boolean allowEmptyArchive) {
            this.allowEmptyArchive = allowEmptyArchive;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlockingVoid(context, c -> {
                FilePath workspace = c.get(FilePath.class);
                TaskListener listener = c.get(TaskListener.class);
                listener.getLogger().println("Archiving artifacts");
                Map<String, String> files = new LinkedHashMap<>();
                String root = workspace.getRemote();
                for (FilePath file : workspace.list(artifacts, excludes)) {
                    String path = file.getRemote().substring(root.length() + 1).replace('\\', '/');
                    files.put(path, path);
                }
                if (files.isEmpty() && !allowEmptyArchive) {
                    throw new AbortException("No artifacts found that match the file pattern \"" + artifacts
                            + "\". Configuration error?");
                }
                c.get(Run.class)
                        .pickArtifactManager()
                        .archive(workspace, c.get(Launcher.class), new AsBuildListener(listener), files);
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("archiveArtifacts", "Archive the artifacts", false, FilePath.class, Run.class, Launcher.class);
            }
        }
    }

    /** Puts files aside for a later node of the same build. */
    public static final class Stash extends Step {
        private final String name;
        private String includes = "**";
        private String excludes;
        private boolean allowEmpty;

        @DataBoundConstructor
        public Stash(String name) {
            if (name == null || !name.matches("[A-Za-z0-9_.-]+")) {
                throw new IllegalArgumentException("‘" + name + "’ is not a valid name of a stash");
            }
            this.name = name;
        }

        @DataBoundSetter
        public void setIncludes(String includes) {
            this.includes = includes;
        }

        @DataBoundSetter
        public void setExcludes(String excludes) {
            this.excludes = excludes;
        }

        @DataBoundSetter
        public void setAllowEmpty(boolean allowEmpty) {
            this.allowEmpty = allowEmpty;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlockingVoid(context, c -> {
                FilePath target = stashes(c, name);
                target.deleteRecursive();
                target.mkdirs();
                int count = c.get(FilePath.class).copyRecursiveTo(includes, excludes, target);
                if (count == 0 && !allowEmpty) {
                    throw new AbortException("No files included in stash ‘" + name + "’");
                }
                c.get(TaskListener.class).getLogger().println("Stashed " + count + " file(s)");
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("stash", "Stash some files to be used later in the build", false, FilePath.class, Run.class);
            }
        }
    }

    /** Brings back what {@code stash} has put aside. */
    public static final class Unstash extends Step {
        private final String name;

        @DataBoundConstructor
        public Unstash(String name) {
            this.name = name;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlockingVoid(context, c -> {
                FilePath stash = stashes(c, name);
                if (!stash.exists()) {
                    throw new AbortException("No such saved stash ‘" + name + "’");
                }
                stash.copyRecursiveTo("**", c.get(FilePath.class));
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("unstash", "Restore files previously stashed", false, FilePath.class, Run.class);
            }
        }
    }
}
