package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.RunStatus;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * One build whose controller is killed, as by {@code kill -9}, in the middle of each of its steps.
 *
 * <p>Where a step must not go on before the kill, the test holds what the step needs next: the registry's connection, or
 * the build's lineage, by their monitors. Between steps the Pipeline waits for files {@code go-N} of its workspace.
 */
class KilledHostTest {
    private static final String JOB = "killed";

    private static final String SCRIPT = Pipelines.onNode(Pipelines.PREDICTIONS
            + gate(0)
            + """
            def run = trainModel(experiment: 'e', data: 'predictions.csv', metricsLog: 'log.jsonl', metricsFile: 'm.json') {
              writeFile file: 'log.jsonl', text: '{"step": 1, "loss": 0.5}\\n'
            """
            + gate(1)
            + """
              writeFile file: 'log.jsonl', text: '{"step": 1, "loss": 0.5}\\n{"step": 2, "loss": 0.25}\\n'
              writeFile file: 'm.json', text: '{"auc": 0.9}'
            }
            """
            + gate(2)
            + "evaluateModel predictions: 'predictions.csv', score: 'score', id: 'id'\n"
            + gate(3)
            + """
            writeFile file: 'model/weights.txt', text: "waits ${pwd()}/go-5"
            registerModel name: 'm', path: 'model'
            promoteModel model: 'm'
            """
            + gate(4)
            + """
            deployEndpoint name: 'm', startSeconds: 120, watchSeconds: 2,
                target: process(command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', 'Serve.java', '{model}'],
                                files: ['Serve.java'], stopSeconds: 1)
            echo "trained ${run.id}"
            """);

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    @Test
    void nothingIsLostOrDoneTwiceWhereverTheHostIsKilled() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(KilledHostTest::begin);
        killedWhen("go-0", KilledHostTest::holdLineage, KilledHostTest::isRunOpened);
        killedWhen(null, r -> {}, KilledHostTest::isFirstMetricLogged);
        killedWhen("go-1", KilledHostTest::holdLineage, KilledHostTest::isRunClosed);
        killedWhen("go-2", KilledHostTest::holdRegistry, KilledHostTest::isEvaluated);
        killedWhen("go-3", KilledHostTest::holdLineage, KilledHostTest::isRegistered);
        killedWhen("go-4", r -> {}, KilledHostTest::isCandidateStarted);
        killedWhen("go-5", r -> {}, KilledHostTest::isSwitched);

        controller.runRemotely(KilledHostTest::check);
        controller.stopJenkins();
    }

    /** Lets the build go on, kills the controller when it has come so far, and starts it again. */
    private void killedWhen(String file, RealJenkinsExtension.Step hold, RealJenkinsExtension.Step2<Boolean> reached)
            throws Throwable {
        if (file != null && SCRIPT.contains("-e " + file)) {
            await(() -> log().contains("-e " + file));
        }
        controller.runRemotely(hold);
        if (file != null) {
            Files.createFile(home("workspace", JOB, file));
        }
        await(() -> controller.runRemotely(reached));
        controller.stopJenkinsForcibly();
        controller.startJenkins();
    }

    private interface Condition {
        boolean holds() throws Throwable;
    }

    private static void await(Condition condition) throws Throwable {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.sleep(50);
        }
    }

    private Path home(String... path) {
        return Path.of(controller.getHome().getPath(), path);
    }

    private String log() throws Exception {
        Path log = home("jobs", JOB, "builds", "1", "log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private static void begin(JenkinsRule j) throws Throwable {
        WorkflowJob job = j.createProject(WorkflowJob.class, JOB);
        job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        FilePath workspace = j.jenkins.getWorkspaceFor(job);
        try (InputStream server = KilledHostTest.class.getResourceAsStream("Serve.java")) {
            workspace.child("Serve.java").copyFrom(server);
        }
        job.scheduleBuild2(0).waitForStart();
    }

    private static WorkflowRun build(JenkinsRule j) {
        return j.jenkins.getItemByFullName(JOB, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void holdLineage(JenkinsRule j) throws InterruptedException {
        hold(LineageAction.of(build(j)));
    }

    private static void holdRegistry(JenkinsRule j) throws InterruptedException {
        RegistryConnection.get().registry();
        hold(RegistryConnection.get());
    }

    /** Whoever needs the monitor waits until the process is killed. */
    private static void hold(Object monitor) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (monitor) {
                held.countDown();
                while (true) {
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (InterruptedException x) {
                        return;
                    }
                }
            }
        });
        holder.setDaemon(true);
        holder.start();
        held.await();
    }

    private static List<TrackedRun> runs() {
        return RegistryConnection.get().tracking().runsOfBuild(JOB, 1);
    }

    private static boolean isRunOpened(JenkinsRule j) {
        return !runs().isEmpty();
    }

    private static boolean isFirstMetricLogged(JenkinsRule j) {
        return runs().get(0).metrics().containsKey("loss");
    }

    private static boolean isRunClosed(JenkinsRule j) {
        return runs().get(0).status() == RunStatus.FINISHED;
    }

    private static boolean isEvaluated(JenkinsRule j) {
        return !LineageAction.of(build(j)).getEvaluations().isEmpty();
    }

    private static boolean isRegistered(JenkinsRule j) {
        return !RegistryConnection.get()
                .registry()
                .models(null, Page.Request.first(1))
                .items()
                .isEmpty();
    }

    /** Moves the alias away, too: the deployment goes on with the version that it began with. */
    private static boolean isCandidateStarted(JenkinsRule j) throws Exception {
        boolean started = Pipelines.log(build(j)).contains("was started at");
        if (started) {
            RegistryConnection.get().registry().deleteAlias("m", "champion", "admin");
        }
        return started;
    }

    private static boolean isSwitched(JenkinsRule j) throws Exception {
        return Pipelines.log(build(j)).contains("the endpoint serves version");
    }

    private static void check(JenkinsRule j) throws Exception {
        WorkflowRun build = j.assertBuildStatusSuccess(j.waitForCompletion(build(j)));
        ModelRegistry registry = RegistryConnection.get().registry();
        TrackingStore tracking = RegistryConnection.get().tracking();
        LineageAction lineage = LineageAction.of(build);

        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(tracking.metricSeries(run.id(), "loss", 100))
                    .extracting(MetricPoint::step)
                    .containsExactly(1L, 2L);
            assertThat(tracking.metricSeries(run.id(), "auc", 100)).hasSize(1);
            j.assertLogContains("trained " + run.id(), build);
        });
        assertThat(lineage.getRuns())
                .singleElement()
                .satisfies(run -> assertThat(run.getStatus()).isEqualTo("FINISHED"));
        assertThat(lineage.getEvaluations())
                .singleElement()
                .satisfies(evaluation -> assertThat(evaluation.getRunId())
                        .isEqualTo(runs().get(0).id()));
        assertThat(registry.versions(VersionQuery.all(), Page.Request.first(10)).items())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.number()).isEqualTo(1);
                    assertThat(version.runId()).isEqualTo(runs().get(0).id());
                });
        assertThat(lineage.getVersions()).hasSize(1);
        assertThat(build.isKeepLog()).isTrue();
        assertThat(registry.deployments("m", 10))
                .singleElement()
                .satisfies(deployment -> assertThat(deployment.state()).isEqualTo(DeploymentState.SERVING));
        assertThat(servers(j)).isEqualTo(1);
        assertThat(registry.verifyLedger().intact()).isTrue();
        assertThat(registry.ledger(null, Page.Request.first(100)).items())
                .extracting(entry -> entry.kind())
                .containsOnlyOnce("evaluation.recorded", "version.registered", "deployment.switching");
        assertThat(Pipelines.log(build)).doesNotContain("\tat ");
    }

    /** How many processes serve a model of this controller. */
    private static long servers(JenkinsRule j) {
        String home = j.jenkins.getRootDir().getPath();
        return ProcessHandle.allProcesses()
                .map(process -> process.info().arguments())
                .filter(Optional::isPresent)
                .map(arguments -> List.of(arguments.get()))
                .filter(words -> words.contains("Serve.java") && words.stream().anyMatch(word -> word.startsWith(home)))
                .count();
    }

    private static String gate(int number) {
        return "sh 'until [ -e go-" + number + " ]; do sleep 0.1; done'\n";
    }
}
