package io.jenkins.plugins.mlops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.WindowRecord;
import io.jenkins.mlops.s3.ListedServer;
import io.jenkins.plugins.mlops.monitor.watch.MonitorLooks;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.File;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A monitor whose logs lie in an object store: who fetches them, with whose credentials, and what is seen of those. */
@WithJenkins
class StoredLogsTest {
    private static final long DAY = 86_400_000L;
    private static final long START = 1_767_225_600_000L;
    private static final String SECRET = "s3cr3t-of-the-store";

    private JenkinsRule j;
    private ListedServer store;
    private long now = START;

    @BeforeEach
    void host(JenkinsRule rule) throws Exception {
        j = rule;
        store = new ListedServer();
        store.askFor("AKID");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "minio", "", "AKID", SECRET));
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private static MonitorStore monitors() {
        return RegistryConnection.get().monitors();
    }

    private String script(String options, String credentialsId) {
        return "monitorEndpoint(monitor(name: 'churn', model: 'churn', logs: 's3://data/churn', window: '3 rows',"
                + " idColumn: 'id', logStore: [endpoint: '" + store.address() + "', credentialsId: '" + credentialsId
                + "']" + options + "))";
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private void rows(String key, int from) {
        StringBuilder text = new StringBuilder("id,x\n");
        for (int i = from; i < from + 3; i++) {
            text.append(i).append(',').append(i / 2.0).append('\n');
        }
        store.put(key, text.toString(), now);
    }

    private String failure() {
        return monitors().monitor("churn").orElseThrow().failure();
    }

    private boolean look() {
        now += DAY;
        return MonitorLooks.get().look("churn", now);
    }

    private List<Long> windows() {
        return monitors().windows("churn", 10).stream()
                .map(WindowRecord::result)
                .map(result -> result.rows())
                .toList();
    }

    @Test
    void anAgentFetchesThemWithTheCredentialsOfTheJob() throws Exception {
        File agent = new File(j.createSlave("near", "near", null).getRootPath().getRemote());
        WorkflowRun run = j.assertBuildStatusSuccess(
                job("train", script(", label: 'near'", "minio")).scheduleBuild2(0));
        rows("churn/2026/01/a.csv", 0);
        assertThat(look()).as(failure()).isTrue();
        rows("churn/2026/02/b.csv", 3);
        assertThat(look()).as(failure()).isTrue();
        assertThat(windows()).containsExactly(3L, 3L);
        store.put("churn/2026/03/_SUCCESS", "done", now);
        assertThat(look()).as(failure()).isTrue();
        assertThat(j.createWebClient().goTo("mlops-endpoints/monitor/churn/").asNormalizedText())
                .contains("Notes", "neither CSV, JSON Lines nor Parquet by their names: 1.");
        assertThat(store.fetched()).containsExactly("churn/2026/01/a.csv", "churn/2026/02/b.csv");
        assertThat(new File(agent, "mlops-fetched")).isDirectory();
        assertThat(new File(j.jenkins.getRootDir(), "mlops-fetched")).doesNotExist();
        assertThat(monitors().monitor("churn").orElseThrow().configJson()).doesNotContain(SECRET);
        j.assertLogNotContains(SECRET, run);
    }

    @Test
    void whatTheStoreRefusesIsSaidAndNothingIsLost() throws Exception {
        j.createSlave("near", "near", null);
        rows("churn/a.csv", 0);
        WorkflowJob job = job("train", script(", label: 'near'", "absent"));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(look()).isFalse();
        assertThat(failure()).contains("credentials of the id 'absent'");
        job.setDefinition(
                new CpsFlowDefinition(script(", label: 'near'", "").replace(", credentialsId: ''", ""), true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(look()).isFalse();
        assertThat(failure()).contains("answered 403").doesNotContain(SECRET);
        job.setDefinition(new CpsFlowDefinition(script(", label: 'near'", "minio"), true));
        j.assertBuildStatusSuccess(job.scheduleBuild2(0));
        assertThat(look()).as(failure()).isTrue();
        assertThat(windows()).containsExactly(3L);
    }

    @Test
    void theControllerAsksOnlyHostsThatAreAllowed() throws Exception {
        rows("churn/a.csv", 0);
        j.assertBuildStatusSuccess(job("train", script("", "minio")).scheduleBuild2(0));
        assertThat(look()).isFalse();
        assertThat(failure()).contains("127.0.0.1");
        assertThat(store.fetched()).isEmpty();
        RegistryConfiguration.get()
                .setAllowedHosts("127.0.0.1:" + store.address().getPort());
        assertThat(look()).as(failure()).isTrue();
        assertThat(windows()).containsExactly(3L);
    }

    @Test
    void whoeverMayStartAJobDoesNotGetItsSecrets() throws Exception {
        job("train", "echo 'trains'");
        WorkflowRun run = j.assertBuildStatus(
                Result.FAILURE, job("other", script(", job: 'train'", "minio")).scheduleBuild2(0));
        j.assertLogContains("credentialsId of logStore are credentials of the job 'other'", run);
        assertThat(monitors().monitor("churn")).isEmpty();
    }

    @Test
    void wrongPlacesAreRefusedWhereTheyAreWritten() throws Exception {
        for (String[] wrong : new String[][] {
            {"logs: 's3://', window: '3 rows'", "expected s3://bucket/prefix"},
            {"logs: '/logs', window: '3 rows', logStore: [region: 'eu-central-1']", "s3://bucket/prefix"},
            {"logs: 's3://data', window: '3 rows', logStore: [region: 'a b']", "a region such as eu-central-1"},
            {"logs: 's3://data', window: '3 rows', logStore: [endpoint: 'file:///etc']", "expected an endpoint such as"}
        }) {
            WorkflowJob job = job(
                    "j" + wrong[0].hashCode(),
                    "monitorEndpoint(monitor(name: 'churn', model: 'churn', " + wrong[0] + "))");
            j.assertLogContains(wrong[1], j.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0)));
        }
    }
}
