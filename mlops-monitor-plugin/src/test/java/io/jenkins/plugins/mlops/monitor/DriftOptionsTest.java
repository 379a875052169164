package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.monitor.drift.ColumnDrift;
import io.jenkins.mlops.monitor.drift.ColumnKind;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.plugins.mlops.monitor.trigger.TriggerConfiguration;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How a Jenkinsfile has columns compared: statistics, thresholds, kinds, corrections, embeddings. */
@WithJenkins
class DriftOptionsTest {
    @TempDir
    Path folder;

    private JenkinsRule j;

    @BeforeEach
    void host(JenkinsRule rule) throws Exception {
        j = rule;
        TriggerConfiguration.get().setControllerPaths(folder.toString());
        Files.createDirectories(folder.resolve("logs"));
    }

    private static String rows(int count, long seed, double turned) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double common = random.nextGaussian();
            text.append(String.format(
                    "{\"amount\":%.4f,\"postcode\":%d,\"vector\":[%.4f,%.4f]}%n",
                    random.nextGaussian(), 1000 + random.nextInt(3), common, turned * common));
        }
        return text.toString();
    }

    private WorkflowJob job(String name, String drift) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: '" + folder.resolve("logs")
                        + "', window: '300 rows', reference: '" + folder.resolve("train.jsonl") + "', drift: " + drift
                        + "))",
                true));
        return job;
    }

    @Test
    void columnsAreComparedAsTheJenkinsfileSays() throws Exception {
        Files.writeString(folder.resolve("train.jsonl"), rows(300, 1, 1));
        Files.writeString(folder.resolve("logs/a.jsonl"), rows(300, 2, -1));
        j.assertBuildStatusSuccess(job(
                        "train",
                        "driftOptions(correction: 'holm', rules: ["
                                + "driftRule(kind: 'numeric', statistic: 'psi', threshold: 0.3),"
                                + " driftRule(column: 'postcode', kind: 'categorical'),"
                                + " driftRule(column: 'vector', statistic: 'mmd')])")
                .scheduleBuild2(0));
        assertThat(MonitorLooks.get().look("churn", 1_767_225_600_000L)).isTrue();
        DriftReport report = RegistryConnection.get()
                .monitors()
                .windows("churn", 1)
                .get(0)
                .result()
                .drift();
        Map<String, ColumnDrift> columns =
                report.columns().stream().collect(Collectors.toMap(ColumnDrift::column, Function.identity()));
        assertThat(columns).containsOnlyKeys("amount", "postcode", "vector");
        assertThat(columns.get("amount").rule().statistic().symbol()).isEqualTo("psi");
        assertThat(columns.get("amount").rule().threshold()).isEqualTo(0.3);
        assertThat(columns.get("amount").drifted()).isFalse();
        assertThat(columns.get("postcode").kind()).isEqualTo(ColumnKind.CATEGORICAL);
        assertThat(columns.get("vector").kind()).isEqualTo(ColumnKind.VECTOR);
        assertThat(columns.get("vector").drifted()).isTrue();
        assertThat(j.createWebClient().goTo("mlops-endpoints/monitor/churn/").asNormalizedText())
                .contains("amount", "Population stability index");
    }

    @Test
    void wrongRulesAreRefusedWhereTheyAreWritten() throws Exception {
        String[][] wrong = {
            {"driftOptions(correction: 'twice')", "expected none, bonferroni, holm or benjamini_hochberg"},
            {"driftOptions(rules: [driftRule(column: 'x', statistic: 'guess')])", "Expected a statistic among ks"},
            {"driftOptions(rules: [driftRule(column: 'x', threshold: 0.5)])", "expected the statistic"},
            {"driftOptions(rules: [driftRule(column: 'x', kind: 'colour')])", "numeric, categorical or text"},
            {"driftOptions(rules: [driftRule(statistic: 'psi')])", "a rule of a column"},
            {"driftOptions(rules: [driftRule(kind: 'numeric', statistic: 'mmd')])", "the name of the vectors"}
        };
        for (int i = 0; i < wrong.length; i++) {
            WorkflowJob job = job("wrong" + i, wrong[i][0]);
            j.assertLogContains(wrong[i][1], j.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0)));
        }
        assertThat(RegistryConnection.get().monitors().monitor("churn")).isEmpty();
    }
}
