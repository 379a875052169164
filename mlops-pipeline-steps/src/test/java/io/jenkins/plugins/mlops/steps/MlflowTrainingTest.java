package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A training script that calls MLflow's API with what {@code trainModel} puts into its environment. */
@WithJenkins
class MlflowTrainingTest {
    private static final String SCRIPT = """
        call() {
          curl -s -w '[%{http_code}]' -H 'Content-Type: application/json' \\
            -H "Authorization: Bearer $MLFLOW_TRACKING_TOKEN" "$MLFLOW_TRACKING_URI/api/2.0/mlflow/$1" -d "$2"
        }
        call runs/log-metric "{'run_id':'$MLFLOW_RUN_ID','key':'auc','value':0.75,'timestamp':1}"
        call experiments/create "{'name':'x'}"
        echo "token=$MLFLOW_TRACKING_TOKEN."
        echo "MLFLOW_TRACKING_URI=$MLFLOW_TRACKING_URI" > old
        echo "MLFLOW_TRACKING_TOKEN=$MLFLOW_TRACKING_TOKEN" >> old
        """;

    @Test
    void scriptsLogToTheRunOfTheirBuild(JenkinsRule j) throws Exception {
        WorkflowRun build =
                j.buildAndAssertSuccess(Pipelines.job(j, "train", Pipelines.onNode("""
                    sh 'echo SCRIPT | base64 -d > train.sh'
                    trainModel { sh 'sh train.sh' }
                    sh '. ./old; MLFLOW_RUN_ID=x; export MLFLOW_TRACKING_URI MLFLOW_TRACKING_TOKEN; sh train.sh'
                    """.replace("SCRIPT", encoded()))));
        String log = Pipelines.log(build);

        List<TrackedRun> runs = RegistryConnection.get().tracking().runsOfBuild("train", 1);
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).metrics().get("auc").value()).isEqualTo(0.75);
        assertThat(log).contains("token=****.").contains("PERMISSION_DENIED").contains("[401]");
    }

    @Test
    void whatAScriptLogsIsOnTheConsoleWhileItRuns(JenkinsRule j, @TempDir Path folder) throws Exception {
        Path go = folder.resolve("go");
        WorkflowRun build = Pipelines.job(j, "live", Pipelines.onNode("""
            sh 'echo SCRIPT | base64 -d > train.sh'
            trainModel { sh 'sh train.sh; until [ -f GO ]; do sleep 0.1; done' }
            """.replace("SCRIPT", encoded())
                        .replace("GO", go.toString())))
                .scheduleBuild2(0)
                .waitForStart();
        // The script waits for the file, so the build can't end before its line is seen.
        j.waitForMessage("[mlops] auc=0.75", build);
        assertThat(build.isBuilding()).isTrue();
        Files.createFile(go);
        j.assertBuildStatusSuccess(j.waitForCompletion(build));
    }

    @Test
    void aThousandPointsASecondAreFewLines() {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        java.io.PrintStream console = new java.io.PrintStream(bytes, true, java.nio.charset.StandardCharsets.UTF_8);
        LoggedLines.open("run", console);
        for (int i = 0; i < 1_000; i++) {
            LoggedLines.add("run", "run", "", RunBatch.ofMetrics(List.of(new MetricPoint("loss", i, i, i))));
        }
        LoggedLines.add("run", "child", "a\u001b[8mb\nc", RunBatch.ofParams(java.util.Map.of("p", "x\ny")));
        LoggedLines.close("run");
        LoggedLines.add("run", "run", "", RunBatch.ofParams(java.util.Map.of("late", "x")));
        String printed = bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(printed.lines().count()).isLessThan(50);
        assertThat(printed)
                .contains("[mlops] step 999: loss=999\n")
                .contains("[mlops] run 'a [8mb c': parameters p=x y\n")
                .doesNotContain("late");
    }

    /** In quotes that JSON wants, and without any that Groovy or the shell would take for theirs. */
    private static String encoded() {
        String script = SCRIPT.replace("{'", "{\\\"")
                .replace("':'", "\\\":\\\"")
                .replace("','", "\\\",\\\"")
                .replace("':0", "\\\":0")
                .replace("0.75,'", "0.75,\\\"")
                .replace("':1", "\\\":1")
                .replace("'}", "\\\"}");
        return java.util.Base64.getEncoder().encodeToString(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
