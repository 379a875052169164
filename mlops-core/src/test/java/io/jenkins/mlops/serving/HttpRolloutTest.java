package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollouts on a service with a deploy hook that behaves badly in all the ways that such services do. */
class HttpRolloutTest {
    private static final RolloutPlan PATIENT = new RolloutPlan(1, 10, 60_000, 20, 2, true);
    private static final RolloutPlan IMPATIENT = new RolloutPlan(1, 10, 200, 20, 2, true);

    private final List<String> hookCalls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final List<String> secrets = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile String deployed = "1";
    private volatile String ill = "none";
    private volatile Hook hook = (exchange, version) -> accept(exchange, version);
    private Answering server;

    private interface Hook {
        void call(HttpExchange exchange, String version) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = new Answering(this::answer);
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/deploy")) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String version = body.replaceAll(".*\"version\":\"([^\"]*)\".*", "$1");
            hookCalls.add(version);
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            secrets.add(exchange.getRequestHeaders().getFirst("X-Token"));
            hook.call(exchange, version);
        } else if (path.equals("/status")) {
            Answering.send(exchange, 200, "{\"version\":\"" + deployed + "\"}");
        } else if (deployed.equals(ill)) {
            Answering.send(exchange, 503, "out of order");
        } else if (path.endsWith("/infer")) {
            Answering.send(exchange, 200, ModelServer.prediction(deployed));
        } else {
            Answering.send(exchange, 200, "{}");
        }
    }

    private void accept(HttpExchange exchange, String version) throws IOException {
        deployed = version;
        Answering.send(exchange, 202, "");
    }

    private static Deployment deployment(String version) {
        return new Deployment("iris", "r" + version, "iris", version, "", "");
    }

    private RolloutState deploy(boolean withStatus, boolean before) throws Exception {
        return deploy(withStatus, before, PATIENT, 60_000);
    }

    private RolloutState deploy(boolean withStatus, boolean before, RolloutPlan plan, long hookMillis)
            throws Exception {
        HttpTarget target = new HttpTarget(
                server.url(),
                server.url() + "/deploy",
                withStatus ? server.url() + "/status" : "",
                "X-Token",
                hookMillis);
        HttpEffects effects = new HttpEffects(
                target,
                deployment("2"),
                before ? Optional.of(deployment("1")) : Optional.empty(),
                HealthCheck.v2("iris", "{\"inputs\":[]}"),
                new HttpProbe(),
                () -> "canary",
                1);
        Rollout rollout = new Rollout(plan, effects, Clock.systemUTC());
        return rollout.run(rollout.begin(), step -> {
            String saved = step.state().toEntries().toString() + step.messages();
            assertThat(saved).doesNotContain("canary");
        });
    }

    @Test
    void newVersionTakesOver() throws Exception {
        RolloutState end = deploy(true, true);
        assertThat(end.phase()).as(end.reason()).isEqualTo(RolloutPhase.DONE);
        assertThat(hookCalls).containsExactly("2");
        assertThat(keys).containsExactly("r2");
        assertThat(secrets).containsExactly("canary");
        assertThat(end.serving().orElseThrow().url()).isEqualTo(server.url());
    }

    @Test
    void illVersionIsReplacedByTheOneBefore() throws Exception {
        ill = "2";
        RolloutState end = deploy(true, true, IMPATIENT, 60_000);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("out of order");
        assertThat(hookCalls).containsExactly("2", "1");
        assertThat(deployed).isEqualTo("1");
    }

    @Test
    void timeoutAfterTheChangeWasAppliedIsNotRepeated() throws Exception {
        hook = (exchange, version) -> {
            deployed = version;
            hang();
        };
        RolloutState end = deploy(true, true, PATIENT, 300);
        assertThat(end.phase()).as(end.reason()).isEqualTo(RolloutPhase.DONE);
        assertThat(hookCalls).as("the state is read again before a retry").containsExactly("2");
    }

    @Test
    void timeoutWithoutStatusIsRepeatedOnceWithTheSameKey() throws Exception {
        hook = (exchange, version) -> {
            if (hookCalls.size() == 1) {
                hang();
            } else {
                accept(exchange, version);
            }
        };
        assertThat(deploy(false, true, PATIENT, 2_000).phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(keys).containsExactly("r2", "r2");
    }

    private void hang() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void overloadedHookIsAskedAgain() throws Exception {
        hook = (exchange, version) -> {
            if (hookCalls.size() < 3) {
                Answering.send(exchange, hookCalls.size() == 1 ? 429 : 503, "later");
            } else {
                accept(exchange, version);
            }
        };
        assertThat(deploy(true, true).phase()).isEqualTo(RolloutPhase.DONE);
        assertThat(hookCalls).hasSize(3);
    }

    @Test
    void refusalIsFinalAndGoesBack() throws Exception {
        hook = (exchange, version) -> {
            if (version.equals("2")) {
                Answering.send(exchange, 422, "{\"error\":\"unsupported model\"}");
            } else {
                accept(exchange, version);
            }
        };
        RolloutState end = deploy(true, true);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("unsupported model");
        assertThat(hookCalls).containsExactly("2");
        assertThat(deployed).isEqualTo("1");
    }

    @Test
    void rollbackThatFailsSaysSo() throws Exception {
        ill = "2";
        hook = (exchange, version) -> {
            if (version.equals("1")) {
                Answering.send(exchange, 500, "no way back");
            } else {
                accept(exchange, version);
            }
        };
        RolloutState end = deploy(true, true, IMPATIENT, 60_000);
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason()).contains("the rollback failed, too").contains("no way back");
    }

    @Test
    void versionThatNeverArrivesIsRolledBack() throws Exception {
        hook = (exchange, version) -> Answering.send(exchange, 202, "queued for ever");
        RolloutState end = deploy(true, true, IMPATIENT, 60_000);
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("doesn't report version 2 yet");
    }

    @Test
    void firstVersionThatFailsSaysThatItStays() throws Exception {
        deployed = "0";
        ill = "2";
        RolloutState end = deploy(true, false, IMPATIENT, 60_000);
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason()).contains("take it down by hand");
    }

    @Test
    void hookThatRedirectsElsewhereGetsNoSecret() throws Exception {
        try (Answering other = new Answering(e -> Answering.send(e, 200, "{}"))) {
            hook = (exchange, version) -> Answering.redirect(exchange, 307, other.url() + "/deploy");
            RolloutState end = deploy(true, true);
            assertThat(end.reason()).contains("redirected to another origin");
            assertThat(other.asked).isEmpty();
        }
    }
}
