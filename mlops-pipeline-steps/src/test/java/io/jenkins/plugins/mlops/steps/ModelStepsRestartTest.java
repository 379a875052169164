package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mlops.registry.RegistryConnection;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class ModelStepsRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void whatTheStepsReturnedOutlivesARestart() throws Throwable {
        sessions.then(j -> {
            WorkflowJob job =
                    Pipelines.job(j, "restarted", Pipelines.onNode(RollbackModelStepTest.TWO_CHAMPIONS + """
                            def fetched = fetchModel(name: 'risk', alias: 'champion', dir: 'served')
                            def compared = compareModels(name: 'risk', from: 1, to: 2)
                            def asked = requestPromotion(model: 'risk', version: 2, alias: 'shadow', approvals: 1)
                            def back = rollbackModel(name: 'risk')
                            semaphore 'wait'
                            echo "fetched ${fetched.version} ${fetched.path}, compared ${compared.to}, ${compared.metrics}"
                            echo "asked ${asked.state}, back at ${back.version}"
                            fetchModel name: 'risk', version: 2, dir: 'served'
                            """));
            SemaphoreStep.waitForStart("wait/1", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(j -> {
            SemaphoreStep.success("wait/1", null);
            WorkflowRun run =
                    j.jenkins.getItemByFullName("restarted", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("fetched 2 served, compared 2, [:]", run);
            j.assertLogContains("asked AWAITING_APPROVAL, back at 1", run);
            j.assertLogContains("all there already", run);
            assertThat(RegistryConnection.get().registry().pending()).hasSize(1);
        });
    }
}
