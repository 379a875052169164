package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.serving.HealthCheck;
import io.jenkins.mlops.serving.ServingProtocol;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.steps.serving.ProcessServingTarget;
import io.jenkins.plugins.mlops.steps.serving.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerFactory;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A disk that takes no more, at each place that the steps write to: said in a sentence, and nothing is lost. */
@WithJenkins
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");

    /** Artifacts on a disk that is full, as the operating system has it. */
    @TestExtension({"anArchiveWithoutRoomRegistersNothing"})
    public static final class FullArchives extends ArtifactManagerFactory {
        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return new FullArchive();
        }
    }

    private static final class FullArchive extends ArtifactManager {
        @Override
        public void onLoad(Run<?, ?> build) {}

        @Override
        public void archive(
                FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                throws IOException {
            try (OutputStream out = Files.newOutputStream(FULL)) {
                out.write(1);
            }
        }

        @Override
        public boolean delete() {
            return false;
        }

        @Override
        public VirtualFile root() {
            return VirtualFile.forFile(FULL.toFile());
        }
    }

    @Test
    void anArchiveWithoutRoomRegistersNothing(JenkinsRule j) throws Exception {
        assumeTrue(Files.isWritable(FULL), "/dev/full is only on Linux");
        WorkflowJob job = Pipelines.job(
                j, "archive", Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'm', path: 'model'"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("Could not write the model's files to the artifacts of archive #1: the disk is full", run);
        j.assertLogContains("Make room there and run the build again. Nothing was registered.", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(run.isKeepLog()).isFalse();
        assertThat(RegistryConnection.get()
                        .registry()
                        .models(null, Page.Request.first(1))
                        .items())
                .isEmpty();
    }

    @Test
    void anAgentWithoutRoomForTheModelSaysWhereAndIsNotServedFrom(JenkinsRule j) throws Exception {
        assumeTrue(Files.isWritable(FULL), "/dev/full is only on Linux");
        WorkflowRun run = j.buildAndAssertSuccess(Pipelines.job(
                j, "agent", Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'm', path: 'model'")));
        ModelVersion version = RegistryConnection.get().registry().version("m", 1);
        Path copy =
                j.jenkins.getRootDir().toPath().resolve("mlops-endpoints/m/releases/r1/files/mlops-model/weights.json");
        Files.createDirectories(copy.getParent());
        Files.createSymbolicLink(copy, FULL);
        Release release = new Release(
                "m",
                "r1",
                version,
                new HealthCheck(ServingProtocol.of("v2"), "m", "", "", "", List.of(), 1_000),
                Optional.empty(),
                run,
                j.jenkins.getWorkspaceFor(run.getParent()),
                j.jenkins,
                TaskListener.NULL);

        assertThatThrownBy(() -> new ProcessServingTarget(List.of("true")).prepare(release))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("Could not write the file 'weights.json' of version 1 of model 'm' to " + copy)
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("Make room there");
    }

    /** The build's folder takes no document any more: a file stands where the folder of documents would be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "trainModel(data: 'predictions.csv') { echo 'training' }",
                "evaluateModel predictions: 'predictions.csv', score: 'score'"
            })
    void aBuildFolderThatTakesNoDocumentIsNamed(String step, JenkinsRule j) throws Exception {
        Path documents = j.jenkins.getRootDir().toPath().resolve("jobs/documents/builds/1/mlops");
        WorkflowJob job = Pipelines.job(
                j, "documents", Pipelines.onNode(Pipelines.PREDICTIONS + "sh 'touch " + documents + "'\n" + step));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        j.assertLogContains("Could not write the build's record '", run);
        j.assertLogContains("' to " + documents + " on the controller", run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ").doesNotContain("training\n");
        assertThat(LineageAction.of(run).getEvaluations()).isEmpty();
        assertThat(RegistryConnection.get()
                        .registry()
                        .ledger(null, Page.Request.first(10))
                        .items())
                .isEmpty();
    }

    @Test
    void aDigestCacheThatCannotBeKeptIsAWarningOnly(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "cache",
                Pipelines.onNode(Pipelines.PREDICTIONS + "trainModel(data: 'predictions.csv') { echo 'training' }"));
        FilePath beside = j.jenkins.getWorkspaceFor(job).sibling("cache@tmp");
        beside.mkdirs();
        beside.child("mlops").write("a file in the folder's place", "UTF-8");

        WorkflowRun run = j.buildAndAssertSuccess(job);

        j.assertLogContains("[mlops] warning: ", run);
        assertThat(LineageAction.of(run).getDatasets()).hasSize(1);
    }

    @Test
    void whateverElseIsFullIsSaidWithoutAStackTrace() {
        assertThat(Explained.of(new IOException("remote call failed", new IOException("No space left on device"))))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("Expected room on the disk")
                .hasMessageContaining("Make room there");
        IOException other = new IOException("something else");
        assertThat(Explained.of(other)).isSameAs(other);
    }
}
