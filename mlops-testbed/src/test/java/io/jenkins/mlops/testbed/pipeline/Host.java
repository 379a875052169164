package io.jenkins.mlops.testbed.pipeline;

import hudson.model.Hudson;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.assertj.core.api.Assertions;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** A Jenkins over a folder, from start to shutdown. */
final class Host implements AutoCloseable {
    private final Jenkins jenkins;
    private final ACLContext context;

    Host(Path home) throws Exception {
        jenkins = new Hudson(home.toFile(), null);
        context = ACL.as2(ACL.SYSTEM2);
    }

    WorkflowRun start(String script, boolean sandbox) throws Exception {
        WorkflowJob job = jenkins.createProject(
                WorkflowJob.class, "p" + jenkins.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, sandbox));
        return job.scheduleBuild2(0).waitForStart();
    }

    WorkflowRun run(String script) throws Exception {
        return await(start(script, true));
    }

    WorkflowRun build(String job) {
        return jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    static WorkflowRun await(WorkflowRun run) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (run.isBuilding()) {
            Assertions.assertThat(System.nanoTime())
                    .as("the build ends:\n%s", run.getLog(1000))
                    .isLessThan(end);
            Thread.sleep(10);
        }
        return run;
    }

    static void expect(Result result, WorkflowRun run) throws Exception {
        Assertions.assertThat(run.getResult()).as(log(run)).isEqualTo(result);
    }

    static String log(WorkflowRun run) throws Exception {
        return String.join("\n", run.getLog(1000));
    }

    static void awaitLog(WorkflowRun run, String text) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!log(run).contains(text)) {
            Assertions.assertThat(System.nanoTime()).as(log(run)).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        context.close();
        jenkins.cleanUp();
    }
}
