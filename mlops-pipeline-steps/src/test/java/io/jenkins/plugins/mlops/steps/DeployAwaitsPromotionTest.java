package io.jenkins.plugins.mlops.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** {@code deployEndpoint} outside {@code node}, beside a service that is deployed to by a hook. */
class DeployAwaitsPromotionTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final List<String> deployed = new CopyOnWriteArrayList<>();
    private HttpServer service;

    @BeforeEach
    void startService() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), "UTF-8");
            if (exchange.getRequestURI().getPath().equals("/deploy")) {
                deployed.add(body);
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes("UTF-8"));
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    private static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    private String deploy(String options) {
        String url = "http://127.0.0.1:" + service.getAddress().getPort();
        return "def e = deployEndpoint(name: 'm', protocol: 'http', readyPath: '/', watchSeconds: 0, waitForPromotion: true,"
                + options + " target: http(url: '" + url + "/', deployHook: '" + url + "/deploy'))\n"
                + "echo \"serves ${e.version}\"";
    }

    /** Registers version 1, asks for it, and waits until the deployment of another job waits for it. */
    private WorkflowRun waiting(JenkinsRule j, String options) throws Exception {
        RegistryConfiguration.get().setAllowedHosts("127.0.0.1");
        registry().createModel("m", "", "admin");
        registry().setPolicy(PromotionPolicy.byDefault().withApprovals("1 of anyone"), "admin");
        j.buildAndAssertSuccess(Pipelines.job(
                j,
                "train",
                Pipelines.onNode(
                        Pipelines.MODEL + "registerModel name: 'm', path: 'model'\n" + "requestPromotion model: 'm'")));
        WorkflowRun run =
                Pipelines.job(j, "deploy", deploy(options)).scheduleBuild2(0).waitForStart();
        j.waitForMessage("waits for promotion", run);
        assertThat(j.jenkins.toComputer().countBusy()).isZero();
        return run;
    }

    private static Promotion decide(boolean approve) {
        Promotion promotion = registry().pending().get(0);
        return registry()
                .decide(new Decision(
                        promotion.id(),
                        approve,
                        "bob",
                        Set.of(),
                        "seen",
                        0,
                        promotion.versionDigest(),
                        promotion.evidenceHash()));
    }

    private void failed(JenkinsRule j, WorkflowRun run, String said) throws Exception {
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        j.assertLogContains(said, run);
        assertThat(Pipelines.log(run)).doesNotContain("\tat ");
        assertThat(deployed).isEmpty();
        assertThat(registry().serving("m")).isEmpty();
    }

    @Test
    void servesTheVersionWhenItsPromotionIsGranted() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = waiting(j, " version: 1,");
            PromotionListener.fireChanged(decide(true));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            j.assertLogContains("serves 1", run);
            assertThat(deployed).hasSize(1);
            assertThat(registry().serving("m").map(Deployment::version)).contains(1);
        });
    }

    @Test
    void failsWhenItsPromotionIsRejected() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = waiting(j, "");
            PromotionListener.fireChanged(decide(false));
            failed(j, run, "was rejected");
        });
    }

    @Test
    void failsWhenItsPromotionExpires() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = waiting(j, "");
            assertThat(PromotionDesk.carryOn(registry().pending().get(0).expiresMillis() + 1))
                    .extracting(Promotion::state)
                    .containsExactly(PromotionState.EXPIRED);
            failed(j, run, "expired");
        });
    }

    @Test
    void findsADecisionThatWasMadeWhileTheControllerWasDown() throws Throwable {
        sessions.then(j -> {
            waiting(j, "");
            decide(true); // nobody is told
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(deployed).hasSize(1);
        });
    }

    @Test
    void goesOnWaitingAfterARestart() throws Throwable {
        sessions.then(j -> waiting(j, ""));
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("deploy", WorkflowJob.class).getBuildByNumber(1);
            assertThat(run.isBuilding()).isTrue();
            PromotionListener.fireChanged(decide(true));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(deployed).hasSize(1);
            assertThat(Pipelines.log(run).split("waits for promotion", -1)).hasSize(2);
        });
    }

    @Test
    void anAbortedWaitIsNotWokenAnyMore() throws Throwable {
        sessions.then(j -> {
            WorkflowRun run = waiting(j, "");
            run.doStop();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            Promotion open = registry().pending().get(0); // others' request stands
            PromotionListener.fireChanged(decide(true));
            assertThat(registry().promotion(open.id()).state().isApplied()).isTrue();
            assertThat(registry().deployments("m", 10)).isEmpty();
            assertThat(deployed).isEmpty();
        });
    }

    @Test
    void saysBeforeItWaitsThatAProcessNeedsANode() throws Throwable {
        sessions.then(j -> {
            WorkflowJob job = Pipelines.job(j, "nowhere", "");
            job.setDefinition(new CpsFlowDefinition(
                    "deployEndpoint name: 'm', waitForPromotion: true, target: process(command: ['true'])", true));
            WorkflowRun run = j.buildAndAssertStatus(Result.FAILURE, job);
            j.assertLogContains("Put the step inside node", run);
        });
    }
}
