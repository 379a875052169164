package io.jenkins.plugins.mlops.monitor.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step {@code recordFeedback} in the hands of others: Declarative, without permission, with hostile texts. */
@WithJenkins
class RecordFeedbackStepTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @TempDir
    Path folder;

    private JenkinsRule j;

    @BeforeEach
    void host(JenkinsRule rule) {
        j = rule;
        TriggerConfiguration.get().setControllerPaths(folder.toString());
    }

    @Test
    void labelsFromADeclarativePipelineAndEscapesWhatLogsAndLabelsSay() throws Exception {
        StringBuilder log = new StringBuilder("id," + HOSTILE + ",score\n");
        StringBuilder labels = new StringBuilder("id,label\\n");
        for (int i = 0; i < 40; i++) {
            log.append(HOSTILE).append(i).append(",7,0.9\n");
            labels.append(HOSTILE).append(i).append(i == 0 ? ",1\\n" : ",<b>0</b>\\n");
        }
        labels.append("<script>alert(2)</script>,1\\n");
        Files.writeString(folder.resolve("p.csv"), log);
        WorkflowJob job = j.createProject(WorkflowJob.class, "train");
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                  agent any
                  stages {
                    stage('watch') {
                      steps {
                        monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '%s', pattern: '*.csv',
                            window: '40 rows', idColumn: 'id'))
                      }
                    }
                    stage('label') {
                      steps {
                        writeFile file: 'labels.csv', text: '%s'
                        recordFeedback monitor: 'churn', file: 'labels.csv', score: 'score', positive: '1', task: 'binary'
                      }
                    }
                  }
                }
                """.formatted(folder, labels), true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        j.assertLogContains("[mlops] feedback of monitor 'churn': ", job.getLastBuild());
        j.assertLogContains("added=41", job.getLastBuild());
        assertThat(MonitorLooks.get().look("churn", System.currentTimeMillis()))
                .as(RegistryConnection.get()
                        .monitors()
                        .monitor("churn")
                        .orElseThrow()
                        .failure())
                .isTrue();
        assertThat(RegistryConnection.get().monitors().qualities("churn", 10))
                .singleElement()
                .satisfies(quality -> assertThat(quality.quality().labelled()).isEqualTo(40));

        for (String path : new String[] {"mlops-endpoints/monitor/churn/", "mlops-endpoints/", "job/train/"}) {
            assertThat(j.createWebClient()
                            .withJavaScriptEnabled(false)
                            .goTo(path)
                            .getWebResponse()
                            .getContentAsString())
                    .as(path)
                    .doesNotContain("<img src=x", "<script>alert", "<b>0</b>");
        }
        assertThat(j.createWebClient()
                        .goTo("mlops-endpoints/monitor/churn/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("Quality with labels", "40 of 40");
    }

    @Test
    void whoMayNotBuildTheMonitorsJobMayNotLabel() throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder", "deployer")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(MlopsPermissions.DEPLOY)
                .everywhere()
                .to("deployer"));
        j.createProject(WorkflowJob.class, "train");
        MonitorRecord ofJob = record("train");
        MonitorRecord ofNone = record("");

        as("reader", () -> {
            assertThatCode(() -> RecordFeedbackStep.check(ofJob, "train")).doesNotThrowAnyException();
            for (MonitorRecord monitor : new MonitorRecord[] {ofJob, ofNone}) {
                assertThatThrownBy(() -> RecordFeedbackStep.check(monitor, "other"))
                        .hasMessageContaining("needs the permission to build its job");
            }
        });
        as("builder", () -> {
            assertThatCode(() -> RecordFeedbackStep.check(ofJob, "other")).doesNotThrowAnyException();
            assertThatThrownBy(() -> RecordFeedbackStep.check(ofNone, "other")).hasMessageContaining("may not label");
        });
        as("deployer", () -> {
            assertThatCode(() -> RecordFeedbackStep.check(ofNone, "other")).doesNotThrowAnyException();
            assertThatThrownBy(() -> RecordFeedbackStep.check(ofJob, "other")).hasMessageContaining("may not label");
        });
    }

    private static MonitorRecord record(String job) {
        MonitorSpec spec = new MonitorSpec("churn", "churn", "/logs");
        spec.setWindow("10 rows");
        return spec.record(job);
    }

    private static void as(String user, Runnable checks) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            checks.run();
        }
    }
}
