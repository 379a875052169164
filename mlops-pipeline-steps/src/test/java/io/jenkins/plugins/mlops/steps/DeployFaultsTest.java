package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.Result;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.serving.Observation;
import io.jenkins.mlops.serving.RolloutEffects;
import io.jenkins.mlops.serving.ServedRelease;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.steps.serving.Release;
import io.jenkins.plugins.mlops.steps.serving.ServingTarget;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** What {@code deployEndpoint} records when its machine goes away, or its build is aborted at a bad moment. */
@WithJenkins
class DeployFaultsTest {
    private static final AtomicInteger DISCARDED = new AtomicInteger();
    private static volatile CountDownLatch hanging;
    private static volatile CountDownLatch discarding;
    private static volatile Thread worker;

    @BeforeEach
    void reset() {
        DISCARDED.set(0);
        hanging = new CountDownLatch(1);
        discarding = new CountDownLatch(1);
    }

    /** A target that fails in the way that it is told. */
    public static final class FaultyTarget extends ServingTarget {
        private static final long serialVersionUID = 1L;

        private final String mood;

        @DataBoundConstructor
        public FaultyTarget(String mood) {
            this.mood = mood;
        }

        public String getMood() {
            return mood;
        }

        @Override
        public String kind() {
            return "faulty";
        }

        @Override
        public RolloutEffects prepare(Release release) throws IOException, InterruptedException {
            if (mood.equals("hangs while it is prepared")) {
                hang(hanging);
            }
            return new Effects(mood, release);
        }

        /** Makes it known in a Jenkinsfile. */
        @TestExtension
        public static final class DescriptorImpl extends Descriptor<ServingTarget> {}
    }

    private static void hang(CountDownLatch reached) throws InterruptedException {
        worker = Thread.currentThread();
        reached.countDown();
        Thread.sleep(Long.MAX_VALUE);
    }

    private record Effects(String mood, Release release) implements RolloutEffects {
        @Override
        public Optional<ServedRelease> serving() {
            return Optional.empty();
        }

        @Override
        public ServedRelease start() {
            return new ServedRelease(
                    release.id(),
                    String.valueOf(release.version().number()),
                    release.version().digest(),
                    "http://127.0.0.1:9/");
        }

        @Override
        public Observation ready(ServedRelease served) throws IOException, InterruptedException {
            if (mood.equals("away")) {
                throw new IOException("the channel is closed");
            }
            if (mood.equals("hangs while it starts")) {
                hang(hanging);
            }
            return new Observation(Observation.Outcome.HEALTHY, "fine");
        }

        @Override
        public Observation smoke(ServedRelease served) {
            return new Observation(Observation.Outcome.HEALTHY, "none was given");
        }

        @Override
        public ServedRelease switchTo(ServedRelease candidate, Optional<ServedRelease> previous) {
            return candidate;
        }

        @Override
        public void retire(ServedRelease previous, ServedRelease served) {}

        @Override
        public void discard(ServedRelease candidate, Optional<ServedRelease> previous) throws InterruptedException {
            if (discarding.getCount() > 0) {
                hang(discarding);
            }
            DISCARDED.incrementAndGet();
        }

        @Override
        public ServedRelease restore(ServedRelease previous, ServedRelease candidate) {
            return previous;
        }

        @Override
        public boolean restartsAtSwitch() {
            return false;
        }
    }

    private static WorkflowJob job(JenkinsRule j, String name, String mood) throws Exception {
        return Pipelines.job(j, name, script(mood));
    }

    private static String script(String mood) {
        return Pipelines.onNode(Pipelines.MODEL
                + "def v = registerModel(name: 'm', path: 'model')\n"
                + "deployEndpoint(name: 'm', version: v.number, allowUnpromoted: true, watchSeconds: 0,"
                + " target: [$class: 'FaultyTarget', mood: '" + mood + "'])");
    }

    private static Deployment last() {
        return RegistryConnection.get().registry().deployments("m", 10).get(0);
    }

    @Test
    void aMachineThatStaysAwayEndsTheDeploymentWithAWord(JenkinsRule j) throws Exception {
        String property = RolloutDriver.class.getName() + ".awaySeconds";
        System.setProperty(property, "0");
        try {
            WorkflowJob job = job(j, "away", "away");

            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);

            j.assertLogContains("out of reach for 0 s (the channel is closed)", run);
            j.assertLogContains("ended in phase HEALTH_WINDOW, so what serves there is not known", run);
            assertThat(Pipelines.log(run)).doesNotContain("\tat ");
            assertThat(last().state()).isEqualTo(DeploymentState.FAILED);
            assertThat(last().message()).contains("deploy again");
            assertThat(LineageAction.of(run).getEndpoints())
                    .singleElement()
                    .satisfies(endpoint -> assertThat(endpoint.getState()).isEqualTo("FAILED"));

            job.setDefinition(new CpsFlowDefinition(script("well"), true));
            j.buildAndAssertSuccess(job);
            assertThat(last().state()).isEqualTo(DeploymentState.SERVING);
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void aSecondInterruptionDoesNotEndTheTakingBack(JenkinsRule j) throws Exception {
        WorkflowRun run =
                job(j, "aborted", "hangs while it starts").scheduleBuild2(0).waitForStart();
        hanging.await();
        run.doStop();
        discarding.await();
        run.doStop();
        worker.interrupt();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));

        assertThat(DISCARDED).hasValue(1);
        assertThat(last().state()).isEqualTo(DeploymentState.FAILED);
        assertThat(last().message()).contains("the build was aborted").doesNotContain("before anything");
        j.assertLogContains("aborted: taking the rollout back", run);
    }

    @Test
    void anAbortBeforeTheStartSaysThatNothingWasStarted(JenkinsRule j) throws Exception {
        WorkflowRun run =
                job(j, "early", "hangs while it is prepared").scheduleBuild2(0).waitForStart();
        hanging.await();
        run.doStop();

        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));

        assertThat(DISCARDED).hasValue(0);
        assertThat(last().state()).isEqualTo(DeploymentState.FAILED);
        assertThat(last().message()).isEqualTo("aborted before anything was started");
    }
}
