package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Steps on the workspace: {@code readFile}, {@code writeFile}, {@code fileExists}, {@code pwd}, {@code deleteDir}... */
final class FileSteps {
    private static final String BASE64 = "Base64";

    private FileSteps() {}

    private static Charset charset(@CheckForNull String encoding) {
        return encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    }

    /** Reads a file as text. */
    public static final class ReadFile extends Step {
        private final String file;
        private String encoding;

        @DataBoundConstructor
        public ReadFile(String file) {
            this.file = file;
        }

        @DataBoundSetter
        public void setEncoding(String encoding) {
            this.encoding = Util.fixEmptyAndTrim(encoding);
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlocking(context, c -> {
                try (InputStream in = c.get(FilePath.class).child(file).read()) {
                    byte[] bytes = in.readAllBytes();
                    return BASE64.equals(encoding)
                            ? Base64.getEncoder().encodeToString(bytes)
                            : new String(bytes, charset(encoding));
                }
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("readFile", "Read file from workspace", false, FilePath.class);
            }
        }
    }

    /** Writes text to a file. */
    public static final class WriteFile extends Step {
        private final String file;
        private final String text;
        private String encoding;

        @DataBoundConstructor
        public WriteFile(String file, String text) {
            this.file = Util.fixNull(file);
            this.text = Util.fixNull(text);
        }

        @DataBoundSetter
        public void setEncoding(String encoding) {
            this.encoding = Util.fixEmptyAndTrim(encoding);
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlockingVoid(context, c -> {
                byte[] bytes =
                        BASE64.equals(encoding) ? Base64.getDecoder().decode(text) : text.getBytes(charset(encoding));
                c.get(FilePath.class).child(file).copyFrom(new java.io.ByteArrayInputStream(bytes));
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("writeFile", "Write file to workspace", false, FilePath.class);
            }
        }
    }

    /** Tells whether a file is there. */
    public static final class FileExists extends Step {
        private final String file;

        @DataBoundConstructor
        public FileExists(String file) {
            this.file = Util.fixNull(file);
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlocking(
                    context, c -> c.get(FilePath.class).child(file).exists());
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("fileExists", "Verify if file exists in workspace", false, FilePath.class);
            }
        }
    }

    /** Gives the current folder. */
    public static final class Pwd extends Step {
        private boolean tmp;

        @DataBoundConstructor
        public Pwd() {}

        @DataBoundSetter
        public void setTmp(boolean tmp) {
            this.tmp = tmp;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, c -> {
                FilePath here = c.get(FilePath.class);
                return tmp ? here.sibling(here.getName() + "@tmp").getRemote() : here.getRemote();
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("pwd", "Determine current directory", false, FilePath.class);
            }
        }
    }

    /** Deletes the current folder. */
    public static final class DeleteDir extends Step {
        @DataBoundConstructor
        public DeleteDir() {}

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousNonBlockingVoid(
                    context, c -> c.get(FilePath.class).deleteRecursive());
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super(
                        "deleteDir",
                        "Recursively delete the current directory from the workspace",
                        false,
                        FilePath.class);
            }
        }
    }

    /** Tells whether the node is a Unix. */
    public static final class IsUnix extends Step {
        @DataBoundConstructor
        public IsUnix() {}

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(
                    context, c -> c.get(Launcher.class).isUnix());
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("isUnix", "Checks if running on a Unix-like node", false, Launcher.class);
            }
        }
    }
}
