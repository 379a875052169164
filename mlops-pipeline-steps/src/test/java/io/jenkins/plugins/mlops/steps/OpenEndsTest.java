package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EndpointFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class OpenEndsTest {
    /** As after a crash from which the Pipeline could not be read back: no step is there to close anything. */
    @Test
    void closesTheRunAndTheDeploymentOfABuildThatEndedWithoutItsSteps(JenkinsRule j) throws Exception {
        WorkflowRun build = j.buildAndAssertSuccess(
                Pipelines.job(j, "lost", Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'm', path: 'model'")));
        ModelRegistry registry = RegistryConnection.get().registry();
        TrackingStore tracking = RegistryConnection.get().tracking();
        LineageAction lineage = LineageAction.of(build);
        TrackedRun run = tracking.createRun(new RunStart(
                "key", tracking.experiment("e").id(), "r", "alice", 1_000, Map.of(), BuildReferences.of(build), null));
        lineage.record(new RunFact(run.id(), "r", "e", "RUNNING", 1_000, 0, "5"));
        ModelVersion version = registry.version("m", 1);
        registry.beginDeployment(new DeploymentRequest(
                "operation",
                "m",
                "process",
                "m",
                1,
                version.digest(),
                null,
                true,
                null,
                BuildReferences.of(build),
                "alice"));
        lineage.record(new EndpointFact("m", "m", 1, "", "SWITCHING"));

        new OpenEnds().onCompleted(build, TaskListener.NULL);

        while (!lineage.getEndpoints().get(0).getState().equals("FAILED")) {
            Thread.sleep(20);
        }
        assertThat(tracking.run(run.id()).status()).isEqualTo(RunStatus.KILLED);
        assertThat(lineage.getRuns().get(0).getStatus()).isEqualTo("KILLED");
        assertThat(lineage.getRuns().get(0).getEndMillis()).isPositive();
        assertThat(registry.deployment("operation").orElseThrow().state()).isEqualTo(DeploymentState.FAILED);
        assertThat(registry.deployment("operation").orElseThrow().message()).contains("its build ended");
    }
}
