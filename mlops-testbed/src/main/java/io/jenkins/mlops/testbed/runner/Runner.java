package io.jenkins.mlops.testbed.runner;

import hudson.FilePath;
import hudson.model.BooleanParameterValue;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.testbed.host.Host;
import io.jenkins.mlops.testbed.steps.WorkspaceOverride;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** Starts a host over a home folder, runs one Jenkinsfile on it and shows its log while it runs. */
final class Runner {
    private static final int INTERRUPTED = 130;
    private static final long POLL_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 120;

    private final Options options;
    private final PrintStream out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile WorkflowRun build;
    private volatile boolean interrupted;

    Runner(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    int run() throws Exception {
        Thread onExit = new Thread(this::interrupt, "Ctrl-C");
        Runtime.getRuntime().addShutdownHook(onExit);
        Files.createDirectories(options.home());
        boolean serve = options.command().equals("serve");
        try (Host host = Host.start(options.home().toFile(), serve ? options.port() : 0, "");
                ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            DemoUsers.install(host.jenkins());
            int code = options.jenkinsfile() == null ? 0 : build(host.jenkins());
            if (serve && !interrupted) {
                describe(host);
                stopped.await();
            }
            return interrupted && !serve ? INTERRUPTED : code;
        } finally {
            finished.countDown();
        }
    }

    private void describe(Host host) {
        out.println();
        out.println("the pages are at " + host.url());
        if (build != null) {
            out.println("this build is at " + host.url() + build.getUrl());
        }
        DemoUsers.describe(out);
        out.println("Ctrl-C ends it");
        out.flush();
    }

    private int build(Jenkins jenkins) throws Exception {
        String script = Files.readString(options.jenkinsfile());
        WorkflowJob job = jenkins.getItemByFullName(options.jobName(), WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, options.jobName());
        }
        job.setDefinition(new CpsFlowDefinition(script, options.sandbox()));
        WorkspaceOverride workspace = null;
        if (options.workspace() == null) {
            fill(jenkins.getWorkspaceFor(job));
        } else {
            workspace = new WorkspaceOverride(options.workspace().toRealPath().toString());
        }
        QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(
                0,
                new CauseAction(new Cause.UserIdCause(System.getProperty("user.name"))),
                new ParametersAction(parameters(script)),
                workspace);
        build = future.waitForStart();
        if (interrupted) {
            abort();
        }
        show();
        Result result = build.getResult();
        return result == Result.SUCCESS ? 0 : 1;
    }

    /** Copies the Jenkinsfile's folder, without what this tool and git keep there. */
    private void fill(FilePath workspace) throws IOException, InterruptedException {
        workspace.deleteRecursive();
        workspace.mkdirs();
        FilePath folder = new FilePath(options.jenkinsfile().getParent().toFile());
        folder.copyRecursiveTo("**", ".mlops/**,**/.git/**", workspace);
    }

    private List<ParameterValue> parameters(String script) {
        List<ParameterValue> values = new ArrayList<>();
        options.parameters().forEach((name, value) -> {
            boolean flag = Pattern.compile("booleanParam\\s*\\(?[^)\\n]*name:\\s*['\"]" + Pattern.quote(name) + "['\"]")
                    .matcher(script)
                    .find();
            values.add(
                    flag
                            ? new BooleanParameterValue(name, Boolean.parseBoolean(value))
                            : new StringParameterValue(name, value));
        });
        return values;
    }

    /** Copies the log to the output until the build has ended. */
    private void show() throws IOException, InterruptedException {
        File log = build.getLogFile();
        while (!log.exists() && build.isBuilding()) {
            Thread.sleep(POLL_MILLIS);
        }
        try (InputStream in = Files.newInputStream(log.toPath())) {
            boolean more = true;
            while (more) {
                more = build.isLogUpdated();
                in.transferTo(out);
                out.flush();
                if (more) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        }
    }

    /** The process is told to end while something runs: aborts the build and lets it come to its end first. */
    private void interrupt() {
        if (finished.getCount() == 0) {
            return;
        }
        interrupted = true;
        stopped.countDown();
        if (build != null && build.isBuilding()) {
            abort();
        }
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    private void abort() {
        FlowExecution execution = build.getExecution();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            if (execution != null) {
                execution.interrupt(
                        Result.ABORTED, new CauseOfInterruption.UserInterruption(System.getProperty("user.name")));
            }
        } catch (IOException x) {
            x.printStackTrace(System.err);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }
}
