package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FetchModelStepTest {
    private static final String REGISTER = Pipelines.onNode("""
            writeFile file: 'model/weights.json', text: '{"w": [1, 2, 3]}'
            writeFile file: 'model/meta/about.txt', text: 'about'
            registerModel name: 'risk', path: 'model'
            """);

    private static ModelVersion registered(JenkinsRule j) throws Exception {
        j.buildAndAssertSuccess(Pipelines.job(j, "register", REGISTER));
        return RegistryConnection.get().registry().version("risk", 1);
    }

    @Test
    void bringsTheFilesOfAnotherJobsVersion(JenkinsRule j) throws Exception {
        registered(j);
        WorkflowJob job = Pipelines.job(j, "fetch", Pipelines.onNode("""
                def m = fetchModel(name: 'risk', version: 1, dir: 'serving/risk')
                echo "${m.model} ${m.version} ${m.path} ${m.files} ${m.digest.startsWith('sha256:')}"
                echo readFile('serving/risk/weights.json') + readFile('serving/risk/meta/about.txt')
                writeFile file: 'serving/risk/weights.json', text: 'spoiled'
                writeFile file: 'serving/risk/mine.txt', text: 'mine'
                fetchModel name: 'risk', version: 1, dir: 'serving/risk'
                echo 'again ' + readFile('serving/risk/weights.json')
                fetchModel name: 'risk', version: 1, dir: 'serving/risk'
                """));

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("risk 1 serving/risk [meta/about.txt, weights.json] true", run);
        j.assertLogContains("{\"w\": [1, 2, 3]}about", run);
        j.assertLogContains("again {\"w\": [1, 2, 3]}", run);
        j.assertLogContains("also has 1 file that", run);
        j.assertLogContains("all there already", run);
    }

    @Test
    void bringsAFileByItsAliasInDeclarative(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(j, "declarative", Pipelines.declarative("""
                writeFile file: 'm.bin', text: 'weights'
                registerModel name: 'single', path: 'm.bin'
                promoteModel model: 'single'
                fetchModel name: 'single', alias: 'champion'
                sh 'test "$(cat model/m.bin)" = weights'
                """));

        j.buildAndAssertSuccess(job);
    }

    @Test
    void refusesAnArtifactThatWasChanged(JenkinsRule j) throws Exception {
        ModelVersion version = registered(j);
        File archive = new File(ArchivedModel.build(version).getRootDir(), "archive");
        Path weights = archive.toPath()
                .resolve(ArchivedModel.folder("risk", version.digest()))
                .resolve("weights.json");
        Files.writeString(weights, "tampered");
        WorkflowJob job =
                Pipelines.job(j, "fetch", Pipelines.onNode("fetchModel name: 'risk', version: 1, dir: 'into'"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("was changed after it was registered", run);
        Path workspace = Path.of(j.jenkins.getWorkspaceFor(job).getRemote());
        assertThat(workspace.resolve("into/weights.json")).doesNotExist();
        try (var left = Files.walk(workspace)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void refusesAFolderBehindALink(JenkinsRule j) throws Exception {
        registered(j);
        WorkflowJob job = Pipelines.job(j, "linked", Pipelines.onNode("""
                sh 'rm -rf out into && mkdir -p ../elsewhere into && ln -s ../../elsewhere into/meta'
                fetchModel name: 'risk', version: 1, dir: 'into'
                """));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("leads out of the workspace through a symbolic link", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: 'risk', version: 1, dir: '../out' | is refused",
                "name: 'risk', version: 1, dir: '/tmp/out' | is refused",
                "name: 'risk', version: 2 | version 2",
                "name: 'risk' | under the alias 'champion'",
                "name: 'risk', alias: '3' | alias",
                "name: 'risk', version: 1, alias: 'champion' | found both",
                "name: 'nobody', version: 1 | nobody",
                "name: '../risk', version: 1 | ../risk"
            })
    void refuses(String options, String said, JenkinsRule j) throws Exception {
        registered(j);
        WorkflowJob job = Pipelines.job(j, "refused", Pipelines.onNode("fetchModel(" + options + ")"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
    }
}
