package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import io.jenkins.mlops.registry.mlflow.StandInMlflow;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.remote.RemoteConfiguration;
import io.jenkins.plugins.mlops.registry.remote.RemoteRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps on models while an MLflow server is kept in step with the registry. */
@WithJenkins
class RemoteModelStepsTest {
    private static final String ALIAS = "POST mlflow/registered-models/alias";

    private StandInMlflow server;

    @BeforeEach
    void connect(JenkinsRule j) throws Exception {
        server = new StandInMlflow(StandInMlflow.Dialect.V3);
        RegistryConfiguration.get().setAllowedHosts("127.0.0.1:" + server.port());
        RemoteConfiguration.get().setUrl(server.url());
        registry();
        work(); // connected: what is registered from here on goes there
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private static void work() throws Exception {
        RemoteRegistry.get().soon();
        assertThat(RemoteRegistry.get().await(60)).isTrue();
    }

    private static List<RemoteTask> waiting() {
        return RemoteRegistry.get().store().tasks("risk", 10);
    }

    /** Registers a version whose only weight is a number. */
    private static String register(int weight) {
        return "writeFile file: 'model/meta/about.txt', text: 'about " + weight + "'\n"
                + "writeFile file: 'model/w.json', text: '{\"w\": " + weight + "}'\n"
                + "registerModel name: 'risk', path: 'model', tags: [round: '" + weight + "']\n";
    }

    private static int champion() {
        return registry().byAlias("risk", "champion").map(ModelVersion::number).orElse(0);
    }

    private static List<String> ledger() {
        return registry().ledger("risk", Page.Request.first(100)).items().stream()
                .map(LedgerEntry::kind)
                .toList();
    }

    private void assertSameFiles(int number) {
        List<String> there = server.files.values().stream()
                .map(bytes -> Ledger.sha256(new String(bytes, StandardCharsets.UTF_8)))
                .toList();
        assertThat(registry().version("risk", number).files())
                .extracting(VersionFile::sha256)
                .hasSize(2)
                .isSubsetOf(there);
    }

    @Test
    void whatAPipelineRegistersPromotesAndPutsBackIsSoAtTheServer(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "train", Pipelines.onNode(register(1)) + "promoteModel model: 'risk'\n");
        j.buildAndAssertSuccess(job);
        work();

        assertThat(server.holder("risk", "champion")).isEqualTo(1);
        assertThat(server.tags("risk", 1)).containsEntry("round", "1").containsEntry("mlops.build", "train#1");
        assertSameFiles(1);

        WorkflowJob next = Pipelines.job(j, "next", Pipelines.onNode(register(2) + """
                                def c = compareModels(name: 'risk')
                                echo "compared ${c.from} ${c.to}"
                                def p = promoteModel(model: 'risk')
                                echo "promoted ${p.version} ${p.state}"
                                def f = fetchModel(name: 'risk', alias: 'champion', dir: 'serving')
                                echo "fetched ${f.version} " + readFile('serving/w.json')
                                """));
        WorkflowRun run = j.buildAndAssertSuccess(next);
        work();

        j.assertLogContains("compared 1 2", run);
        j.assertLogContains("promoted 2", run);
        j.assertLogContains("fetched 2 {\"w\": 2}", run);
        assertThat(server.versions("risk")).hasSize(2);
        assertThat(server.holder("risk", "champion")).isEqualTo(2);
        assertSameFiles(2);

        j.buildAndAssertSuccess(Pipelines.job(j, "back", "rollbackModel name: 'risk', reason: 'complaints'\n"));
        work();

        assertThat(champion()).isEqualTo(1);
        assertThat(server.holder("risk", "champion")).isEqualTo(1);
        assertThat(server.versions("risk")).as("nothing was registered anew").hasSize(2);
        assertThat(waiting()).isEmpty();
        assertThat(RemoteRegistry.get().drifts(10)).isEmpty();
        assertThat(ledger().stream().filter("version.registered"::equals)).hasSize(2);
        assertThat(ledger().stream().filter("alias.moved"::equals)).hasSize(3);
        assertThat(registry().verifyLedger().intact()).isTrue();
    }

    @Test
    void aRequestMovesNothingAtTheServerUntilItIsApproved(JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(
                Pipelines.job(j, "train", Pipelines.onNode(register(1)) + "promoteModel model: 'risk'\n"));
        WorkflowRun run = j.buildAndAssertSuccess(Pipelines.job(j, "ask", Pipelines.onNode(register(2)) + """
                def p = requestPromotion(model: 'risk', approvals: 1, reason: 'better')
                echo "asked ${p.state}"
                """));
        work();

        j.assertLogContains("asked AWAITING_APPROVAL", run);
        assertThat(server.holder("risk", "champion")).isEqualTo(1);

        Promotion asked = registry().pending().get(0);
        PromotionListener.fireChanged(registry()
                .decide(new Decision(
                        asked.id(),
                        true,
                        "rita",
                        Set.of(),
                        "good",
                        asked.revision(),
                        asked.versionDigest(),
                        asked.evidenceHash())));
        assertThat(RemoteRegistry.get().await(60)).isTrue();
        assertThat(server.holder("risk", "champion")).isEqualTo(2);
        assertThat(waiting()).isEmpty();
    }

    /** The build is not held up: the registry is Jenkins' own, the server is told when it can be. */
    @Test
    void aServerThatIsDownWhileABuildPromotesIsToldOnceWhenItIsBack(JenkinsRule j) throws Exception {
        WorkflowJob train = Pipelines.job(j, "train", Pipelines.onNode(register(1)) + "promoteModel model: 'risk'\n");
        j.buildAndAssertSuccess(train);
        work();
        StandInMlflow down = server;
        down.close();

        WorkflowRun run = j.buildAndAssertSuccess(
                Pipelines.job(j, "next", Pipelines.onNode(register(2)) + "promoteModel model: 'risk'\n"));
        work();

        j.assertLogContains("'champion' is now risk version 2", run);
        assertThat(champion()).isEqualTo(2);
        assertThat(waiting()).isNotEmpty();
        assertThat(RemoteRegistry.get().state().orElseThrow().failure()).contains("can't be reached");

        server = new StandInMlflow(StandInMlflow.Dialect.V3, down.port());
        server.models.putAll(down.models);
        server.runs.putAll(down.runs);
        server.files.putAll(down.files);
        assertThat(server.holder("risk", "champion")).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            RemoteRegistry.get().store().hurry(System.currentTimeMillis());
            work();
        }

        assertThat(waiting()).isEmpty();
        assertThat(server.holder("risk", "champion")).isEqualTo(2);
        assertThat(server.versions("risk")).hasSize(2);
        assertThat(server.paths().stream().filter(ALIAS::equals)).hasSize(1);
        assertThat(server.paths().stream().filter("POST mlflow/model-versions/create"::equals))
                .hasSize(1);
        assertSameFiles(2);
        assertThat(RemoteRegistry.get().state().orElseThrow().failure()).isEmpty();
        assertThat(RemoteRegistry.get().drifts(10)).isEmpty();
        assertThat(registry().verifyLedger().intact()).isTrue();
    }

    @Test
    void aRollbackThatIsRefusedTellsTheServerNothing(JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(
                Pipelines.job(j, "train", Pipelines.onNode(register(1)) + "promoteModel model: 'risk'\n"));
        work();
        int told = server.calls.size();

        j.buildAndAssertStatus(Result.FAILURE, Pipelines.job(j, "back", "rollbackModel name: 'risk'\n"));
        work();

        assertThat(champion()).isEqualTo(1);
        assertThat(server.calls.stream().skip(told).filter(call -> !"GET".equals(call.verb())))
                .isEmpty();
    }
}
