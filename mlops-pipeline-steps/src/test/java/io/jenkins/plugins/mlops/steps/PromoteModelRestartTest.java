package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class PromoteModelRestartTest {
    private static final String SCRIPT = Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'm', path: 'model'")
            + "def p = promoteModel(model: 'm', approvals: 1)\necho \"ended ${p.state}\"";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static Promotion approve(Promotion promotion) {
        return RegistryConnection.get()
                .registry()
                .decide(new Decision(
                        promotion.id(),
                        true,
                        "alice",
                        Set.of(),
                        "fine",
                        0,
                        promotion.versionDigest(),
                        promotion.evidenceHash()));
    }

    @Test
    void goesOnWaitingAfterARestart() throws Throwable {
        sessions.then(j -> {
            WorkflowJob job = Pipelines.job(j, "restarted", SCRIPT);
            j.waitForMessage("waits for", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("restarted", WorkflowJob.class).getBuildByNumber(1);
            assertThat(run.isBuilding()).isTrue();
            Promotion pending = RegistryConnection.get().registry().pending().get(0);
            PromotionListener.fireChanged(approve(pending));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("ended APPLIED", run);
            assertThat(RegistryConnection.get()
                            .registry()
                            .promotionsOf("m", io.jenkins.mlops.registry.Page.Request.first(10))
                            .items())
                    .hasSize(1);
        });
    }

    @Test
    void findsADecisionThatItDidNotHear() throws Throwable {
        sessions.then(j -> {
            WorkflowJob job = Pipelines.job(j, "deaf", SCRIPT);
            j.waitForMessage("waits for", job.scheduleBuild2(0).waitForStart());
            // as if it had been made while the controller was down: nobody is told
            approve(RegistryConnection.get().registry().pending().get(0));
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("deaf", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("ended APPLIED", run);
        });
    }
}
