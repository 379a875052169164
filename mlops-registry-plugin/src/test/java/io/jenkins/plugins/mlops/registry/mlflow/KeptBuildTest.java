package io.jenkins.plugins.mlops.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.rest.RegistryFixture;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class KeptBuildTest {
    private static WorkflowRun registered(WorkflowJob job, String model, boolean byHand) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).get();
        if (byHand) {
            build.keepLog(true);
        }
        BuildKeep.keep(build);
        String key = model + build.getNumber();
        RegistryFixture.registry()
                .register(Registration.of(key, model, List.of(new VersionFile("m.bin", 1, Ledger.sha256(key))), "ada")
                        .withBuild(new BuildRef(job.getFullName(), build.getNumber(), build.getUrl(), null), null));
        return build;
    }

    @Test
    void whatAClientDeletesLetsItsBuildGoUnlessAPersonKeptIt(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "auditor");
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition("echo 'ok'", true));
        WorkflowRun first = registered(job, "a", false);
        WorkflowRun second = registered(job, "a", false);
        WorkflowRun third = registered(job, "a", true);

        delete(j, "model-versions/delete", "{\"name\":\"a\",\"version\":\"1\"}");
        assertThat(first.isKeepLog()).isFalse();
        assertThat(second.isKeepLog()).isTrue();
        delete(j, "registered-models/delete", "{\"name\":\"a\"}");
        assertThat(second.isKeepLog()).isFalse();
        assertThat(third.isKeepLog()).isTrue();
    }

    private static void delete(JenkinsRule j, String call, String body) throws Exception {
        assertThat(Clients.send(j, Clients.basic(j, "admin"), "DELETE", "api/2.0/mlflow/" + call, body)
                        .statusCode())
                .isEqualTo(200);
    }
}
