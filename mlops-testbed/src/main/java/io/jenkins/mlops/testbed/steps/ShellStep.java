package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Runs a shell script as a process of its own, which goes on while Jenkins is down. */
public class ShellStep extends Step {
    private final String script;
    private boolean returnStdout;
    private boolean returnStatus;
    private String encoding;
    private String label;

    @DataBoundConstructor
    public ShellStep(String script) {
        if (script == null) {
            throw new IllegalArgumentException("must specify script");
        }
        this.script = script;
    }

    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    @DataBoundSetter
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    /** What pages call the step by, where the script itself would not tell. */
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        if (returnStdout && returnStatus) {
            throw new IllegalArgumentException("you may not specify both returnStdout and returnStatus");
        }
        return new Execution(context, this);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private static final String INTERRUPTED = "Sending interrupt signal to process";

        private final String script;
        private final boolean returnStdout;
        private final boolean returnStatus;
        private final String encoding;
        private final String control = "durable-" + UUID.randomUUID().toString().substring(0, 8);
        private String folder;
        private long logged;

        @CheckForNull
        private Throwable stopped;

        private transient volatile Future<?> watch;

        Execution(StepContext context, ShellStep step) {
            super(context);
            script = step.script;
            returnStdout = step.returnStdout;
            returnStatus = step.returnStatus;
            encoding = step.encoding;
        }

        @Override
        public boolean start() throws Exception {
            FilePath workspace = getContext().get(FilePath.class);
            Shell.Job job =
                    new Shell.Job(script, new HashMap<>(getContext().get(EnvVars.class)), returnStdout, control);
            watch = Shell.POOL.submit(() -> {
                try {
                    workspace.mkdirs();
                    folder = workspace.act(job);
                    getContext().saveState();
                    watch();
                } catch (Throwable x) {
                    getContext().onFailure(stopped == null ? x : stopped);
                }
            });
            return false;
        }

        /** Copies the process' output to the log until it has ended. */
        private void watch() throws IOException, InterruptedException {
            FilePath workspace = getContext().get(FilePath.class);
            TaskListener listener = getContext().get(TaskListener.class);
            long pause = 20;
            while (getContext().isReady()) {
                Shell.Progress progress = workspace.act(new Shell.Look(folder, logged));
                if (progress.output().length > 0) {
                    listener.getLogger().write(progress.output(), 0, progress.output().length);
                    listener.getLogger().flush();
                    logged += progress.output().length;
                    pause = 20;
                }
                if (progress.exitCode() != null && progress.output().length == 0) {
                    ended(progress);
                    return;
                }
                if (progress.exitCode() == null) {
                    Thread.sleep(pause);
                    pause = Math.min(pause * 3 / 2, 250);
                }
            }
        }

        private void ended(Shell.Progress progress) throws IOException, InterruptedException {
            int code = progress.exitCode();
            String output = "";
            if (returnStdout) {
                Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
                output = new String(progress.standardOutput(), charset);
            }
            getContext().get(FilePath.class).act(new Shell.CleanUp(folder));
            if (stopped != null) {
                getContext().onFailure(stopped);
            } else if (returnStatus) {
                getContext().onSuccess(code);
            } else if (code == 0) {
                getContext().onSuccess(returnStdout ? output : null);
            } else {
                getContext().onFailure(new AbortException("script returned exit code " + code));
            }
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            stopped = cause;
            getContext().get(TaskListener.class).getLogger().println(INTERRUPTED);
            FilePath workspace = getContext().get(FilePath.class);
            Shell.POOL.execute(() -> {
                try {
                    workspace.act(new Shell.Kill(folder));
                } catch (Exception x) {
                    cause.addSuppressed(x);
                    getContext().onFailure(cause);
                }
            });
        }

        @Override
        public void onResume() {
            watch = Shell.POOL.submit(() -> {
                try {
                    if (folder == null) {
                        throw new AbortException("the process was not yet started when Jenkins went down");
                    }
                    watch();
                } catch (Throwable x) {
                    getContext().onFailure(x);
                }
            });
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends BasicStepDescriptor {
        public DescriptorImpl() {
            super("sh", "Shell Script", false, FilePath.class, Launcher.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(java.util.Map<String, Object> arguments) {
            return String.valueOf(arguments.get("script"));
        }
    }

    /** The step for Windows, which a Unix agent refuses. */
    public static final class Batch extends ShellStep {
        @DataBoundConstructor
        public Batch(String script) {
            super(script);
        }

        @Override
        public StepExecution start(StepContext context) throws Exception {
            throw new IOException("Batch scripts can only be run on Windows nodes");
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("bat", "Windows Batch Script", false, FilePath.class, Launcher.class, TaskListener.class);
            }
        }
    }
}
