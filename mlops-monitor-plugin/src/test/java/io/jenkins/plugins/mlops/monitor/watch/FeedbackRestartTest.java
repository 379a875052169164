package io.jenkins.plugins.mlops.monitor.watch;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a restart in the middle of {@code recordFeedback} leaves. */
class FeedbackRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule j) {
        return j.jenkins.getItemByFullName("train", WorkflowJob.class);
    }

    @Test
    void labelsAreKeptWholeOrNotAtAllWhenJenkinsEndsInTheMiddle() throws Throwable {
        Files.writeString(folder.resolve("p.csv"), "id,score\na,0.9\nb,0.1\n");
        sessions.then(j -> {
            TriggerConfiguration.get().setControllerPaths(folder.toString());
            WorkflowJob job = j.createProject(WorkflowJob.class, "train");
            job.setDefinition(new CpsFlowDefinition("""
                    node {
                      monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '%s', pattern: '*.csv',
                          window: '2 rows', idColumn: 'id'))
                      writeFile file: 'labels.csv', text: 'id,label\\na,1\\nb,0\\n'
                      recordFeedback(monitor: 'churn', file: 'labels.csv', score: 'score', positive: '1', task: 'binary')
                    }
                    """.formatted(folder), true));
            // Never let go: what waits for it ends with this Jenkins.
            ReentrantLock lock = Feedbacks.get().lock("churn");
            lock.lock();
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            while (!lock.hasQueuedThreads()) {
                assertThat(run.isBuilding()).as(JenkinsRule.getLog(run)).isTrue();
                Thread.sleep(20);
            }
            assertThat(RegistryConnection.get().monitors().feedback("churn")).isEmpty();
        });
        sessions.then(j -> {
            WorkflowRun run = job(j).getBuildByNumber(1);
            j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
            assertThat(RegistryConnection.get().monitors().feedback("churn")).isEmpty();

            WorkflowRun again = j.assertBuildStatusSuccess(job(j).scheduleBuild2(0));
            j.assertLogContains("added=2", again);
            assertThat(RegistryConnection.get().monitors().feedback("churn")).isPresent();
        });
    }
}
