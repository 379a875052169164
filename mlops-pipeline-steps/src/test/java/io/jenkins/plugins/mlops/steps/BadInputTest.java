package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files and registries as they should not be: each step says so in a sentence, and nothing is recorded. */
@WithJenkins
class BadInputTest {
    private static Path workspace(JenkinsRule j, WorkflowJob job) throws Exception {
        FilePath workspace = j.jenkins.getWorkspaceFor(job);
        workspace.mkdirs();
        return Path.of(workspace.getRemote());
    }

    static byte[] parquet() throws Exception {
        try (InputStream in = BadInputTest.class.getResourceAsStream("predictions.parquet")) {
            return in.readAllBytes();
        }
    }

    private static byte[] zipped(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void write(Path folder, String name) throws Exception {
        Path file = folder.resolve(name);
        switch (name) {
            case "empty.csv" -> Files.createFile(file);
            case "header.csv" -> Files.writeString(file, "id,label,score\n");
            case "ragged.csv" -> Files.writeString(file, "id,label,score\n1,0,0.5\n2,1\n");
            case "latin1.csv" ->
                Files.write(file, "id,label,score\n\u00e9,0,0.5\n".getBytes(StandardCharsets.ISO_8859_1));
            case "nan.csv" -> Files.writeString(file, "id,label,score\n1,0,NaN\n2,1,0.5\n");
            case "infinite.csv" -> Files.writeString(file, "id,label,score\n1,0,Infinity\n2,1,0.5\n");
            case "twice.csv" -> Files.writeString(file, "id,label,score\n1,0,0.1\n1,1,0.5\n");
            case "words.csv" -> Files.writeString(file, "id,label,score\n1,0,high\n2,1,0.5\n");
            case "cut.csv.gz" -> {
                byte[] whole = zipped("id,label,score\n1,0,0.1\n2,1,0.5\n");
                Files.write(file, Arrays.copyOf(whole, whole.length - 9));
            }
            case "cut.parquet" -> Files.write(file, Arrays.copyOf(parquet(), 1_000));
            case "line.csv", "line.jsonl" -> {
                // A gigabyte without a line's end, of which a file system keeps nothing.
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.writeBytes(name.endsWith("csv") ? "id,label,score\n" : "{\"label\": \"");
                    sparse.setLength(1L << 30);
                }
            }
            case "loop.csv" -> Files.createSymbolicLink(file, file.getFileName());
            default -> throw new IllegalArgumentException(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty.csv",
                "header.csv",
                "ragged.csv",
                "latin1.csv",
                "nan.csv",
                "infinite.csv",
                "twice.csv",
                "words.csv",
                "cut.csv.gz",
                "cut.parquet",
                "line.csv",
                "line.jsonl",
                "loop.csv"
            })
    void predictionsThatAreNoneAreRefusedInASentence(String name, JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "bad",
                Pipelines.onNode(
                        "evaluateModel predictions: '" + name + "', score: 'score', id: 'id', task: 'binary'"));
        write(workspace(j, job), name);

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(Pipelines.log(run)).contains("ERROR: ").contains(name).doesNotContain("\tat ");
        assertThat(LineageAction.of(run).getEvaluations()).isEmpty();
        assertThat(RegistryConnection.get().registry().verifyLedger().entries()).isZero();
    }

    @Test
    void linksInCirclesEndInASentence(JenkinsRule j) throws Exception {
        for (String step : List.of(
                "registerModel name: 'm', path: 'model'",
                "trainModel(data: 'model') { echo 'training' }",
                "registerModel name: 'm', path: 'loop'")) {
            WorkflowJob job = Pipelines.job(j, "loops" + step.hashCode(), Pipelines.onNode(step));
            Path model = Files.createDirectories(workspace(j, job).resolve("model"));
            Files.createSymbolicLink(model.resolve("again"), model);
            Files.createSymbolicLink(model.resolveSibling("loop"), Path.of("loop"));

            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

            assertThat(Pipelines.log(run)).as(step).contains("link").doesNotContain("\tat ");
        }
        assertThat(RegistryConnection.get()
                        .registry()
                        .versions(VersionQuery.all(), Page.Request.first(1))
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a/b", "a:b", "..", "x\u200By", "\u202Ereversed"})
    void namesThatMisleadAreRefused(String name, JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j, "names", Pipelines.onNode(Pipelines.MODEL + "registerModel name: '" + name + "', path: 'model'"));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(Pipelines.log(run)).contains("ERROR: A model").doesNotContain("\tat ");
    }

    @Test
    void spacesAndEmojiMakeANameLikeAnyOther(JenkinsRule j) throws Exception {
        WorkflowJob job = Pipelines.job(
                j,
                "emoji",
                Pipelines.onNode(Pipelines.MODEL + "registerModel name: 'churn \uD83D\uDE80 model', path: 'model'"));

        j.buildAndAssertSuccess(job);

        assertThat(RegistryConnection.get()
                        .registry()
                        .version("churn \uD83D\uDE80 model", 1)
                        .files())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trainModel { echo 'training' }",
                "evaluateModel metrics: [auc: 0.9]",
                "registerModel name: 'm', path: 'model'",
                "promoteModel model: 'm', version: 1",
                "deployEndpoint name: 'm', version: 1, target: process(command: ['true'])"
            })
    void aDamagedRegistryIsNamedAndLeftAsItIs(String step, JenkinsRule j) throws Exception {
        Path folder = Files.createDirectories(j.jenkins.getRootDir().toPath().resolve("mlops/registry"));
        Path database = Files.writeString(folder.resolve("registry.mv.db"), "no database ".repeat(1_000));
        WorkflowJob job = Pipelines.job(j, "damaged", Pipelines.onNode(Pipelines.MODEL + step));

        WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(Pipelines.log(run))
                .contains("ERROR: ")
                .contains("registry")
                .doesNotContain("\tat ")
                .doesNotContain("training\n");
        assertThat(database).hasContent("no database ".repeat(1_000));
    }

    @Test
    void twoBuildsThatRegisterAtOnceNeverShareANumber(JenkinsRule j) throws Exception {
        String script = Pipelines.onNode(
                "writeFile file: 'model/w.txt', text: env.JOB_NAME\nregisterModel name: 'crowded', path: 'model'");
        WorkflowRun one = Pipelines.job(j, "one", script).scheduleBuild2(0).waitForStart();
        WorkflowRun two = Pipelines.job(j, "two", script).scheduleBuild2(0).waitForStart();

        j.assertBuildStatusSuccess(j.waitForCompletion(one));
        j.assertBuildStatusSuccess(j.waitForCompletion(two));

        assertThat(RegistryConnection.get()
                        .registry()
                        .versions(VersionQuery.all().ofModel("crowded"), Page.Request.first(10))
                        .items())
                .extracting(version -> version.number())
                .containsExactly(2, 1);
        assertThat(RegistryConnection.get().registry().verifyLedger().intact()).isTrue();
    }

    private static TrackedRun runOf(Run<?, ?> build) {
        return RegistryConnection.get()
                .tracking()
                .runsOfBuild(build.getParent().getFullName(), build.getNumber())
                .get(0);
    }

    @Test
    void aRunThatCannotBeginOrBeCollectedIsAFailedOne(JenkinsRule j) throws Exception {
        for (String options : List.of("data: 'none.csv'", "metricsFile: 'none.json'")) {
            WorkflowJob job = Pipelines.job(
                    j,
                    "failed" + options.hashCode(),
                    Pipelines.onNode("trainModel(" + options + ") { echo 'training' }"));

            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

            assertThat(runOf(run).status()).isEqualTo(RunStatus.FAILED);
            assertThat(LineageAction.of(run).getRuns())
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.getStatus()).isEqualTo("FAILED"));
        }
    }
}
