package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.tasks.Fingerprinter;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RegisterModelStepTest {
    private static List<ModelVersion> versions(String model) {
        return RegistryConnection.get()
                .registry()
                .versions(VersionQuery.all().ofModel(model), Page.Request.first(100))
                .items();
    }

    @Test
    void registersFilesWithTheirLineageAndKeepsTheBuild(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "register", Pipelines.onNode(Pipelines.PREDICTIONS + Pipelines.MODEL + """
                        def run = trainModel(experiment: 'e', data: 'predictions.csv') { echo 'training' }
                        evaluateModel predictions: 'predictions.csv', score: 'score'
                        writeFile file: 'model/signature.json', text: '{"inputs": []}'
                        def v = registerModel(name: 'risk', path: 'model', signature: 'model/signature.json',
                            description: 'the first', tags: [framework: 'none'])
                        echo "registered ${v.model} ${v.number} ${v.version} ${v.digest.startsWith('sha256:')} by ${run.id}"
                        """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("registered risk 1 1 true", run);
        ModelVersion version = versions("risk").get(0);
        assertThat(version.files()).extracting(file -> file.path()).containsExactly("signature.json", "weights.json");
        assertThat(version.runId())
                .isEqualTo(LineageAction.of(run).getRuns().get(0).getId());
        assertThat(version.dataDigests()).hasSize(1);
        assertThat(version.metrics()).containsKey("roc_auc");
        assertThat(version.build().job()).isEqualTo("register");
        assertThat(run.isKeepLog()).isTrue();
        assertThat(ArchivedModel.open(version).child("weights.json").isFile()).isTrue();
        assertThat(run.getAction(Fingerprinter.FingerprintAction.class).getRecords())
                .containsKey("risk/weights.json");
    }

    @Test
    void numbersVersionsWithoutGapsAndSetsSingleFilesApart(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "numbers",
                Pipelines.declarative("writeFile file: 'm.bin', text: \"build ${env.BUILD_NUMBER}\"\n"
                        + "registerModel name: 'single', path: 'm.bin'"));

        j.buildAndAssertSuccess(job);
        j.buildAndAssertSuccess(job);

        assertThat(versions("single")).extracting(ModelVersion::number).containsExactly(2, 1);
        assertThat(ArchivedModel.isFolder(versions("single").get(0))).isFalse();
    }

    @Test
    void twoBranchesThatRegisterAtOnceNeverShareANumber(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "parallel", """
                def branches = [:]
                for (int i = 0; i < 6; i++) {
                  def n = i
                  branches["b${n}"] = {
                    node {
                      writeFile file: "m${n}/w.txt", text: "weights ${n}"
                      registerModel name: 'crowded', path: "m${n}"
                    }
                  }
                }
                parallel branches
                """);

        WorkflowRun run = j.buildAndAssertSuccess(job);

        assertThat(versions("crowded")).extracting(ModelVersion::number).containsExactly(6, 5, 4, 3, 2, 1);
        assertThat(LineageAction.of(run).getVersions()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: 'ok', path: 'nowhere' | Expected a model at 'nowhere'",
                "name: 'ok', path: '../model' | ../model",
                "name: 'a/b', path: 'model' | a/b",
                "name: '', path: 'model' | name",
                "name: 'x' * 10000, path: 'model' | 250",
                "name: 'ok', path: 'empty' | Expected files in the folder 'empty'",
                "name: 'ok', path: 'model', signature: 'none.json' | Expected a JSON file at 'none.json'",
                "name: 'ok', path: 'model', signature: 'bad.json' | Expected JSON in 'bad.json'",
                "name: 'ok', path: 'model', runId: 'nobody' | Expected runId to name one of this build's"
            })
    void refusesBeforeAnythingIsChanged(String options, String said, JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "refused",
                Pipelines.onNode(Pipelines.MODEL
                        + "writeFile file: 'bad.json', text: '{\"inputs\": ['\n"
                        + "sh(script: 'mkdir -p empty')\n"
                        + "registerModel(" + options + ")"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(LineageAction.of(run).getVersions()).isEmpty();
        assertThat(run.isKeepLog()).isFalse();
        assertThat(RegistryConnection.get()
                        .registry()
                        .models(null, Page.Request.first(10))
                        .items())
                .isEmpty();
    }
}
