package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts of real processes that answer over real HTTP. */
@DisabledOnOs(OS.WINDOWS)
class ProcessRolloutTest {
    private static final String SMOKE =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,1],\"datatype\":\"FP64\",\"data\":[1]}]}";
    private static final HealthCheck CHECK = HealthCheck.v2(ModelServer.MODEL, SMOKE);
    private static final RolloutPlan PLAN = new RolloutPlan(2, 20, 120_000, 60, 2, true);
    private static final RolloutPlan SHORT = new RolloutPlan(2, 20, 600, 60, 2, true);

    /** An agent: every task and result crosses the wire. */
    private static final ServingHost AGENT = new ServingHost() {
        @Override
        public <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException {
            return copy(copy(task).run());
        }
    };

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private ProcessEndpoint endpoint;

    @SuppressWarnings("unchecked")
    static <T extends Serializable> T copy(T value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void killAll() throws Exception {
        Path releases = folder.resolve("state/iris/releases");
        if (Files.isDirectory(releases)) {
            try (Stream<Path> list = Files.list(releases)) {
                for (Path release : list.toList()) {
                    for (boolean fixed : new boolean[] {true, false}) {
                        new ProcessTarget().stop(key(release.getFileName().toString(), fixed), 0);
                    }
                }
            }
        }
    }

    private ProcessKey key(String release, boolean fixed) {
        return new ProcessKey(folder.resolve("state").toString(), "iris", release, fixed);
    }

    private ProcessSpec spec(String version, int port, String behaviour) {
        return new ProcessSpec(
                "iris",
                "r" + version,
                ModelServer.command(behaviour, version),
                Map.of(),
                folder.toString(),
                "",
                ProcessSpec.LOOPBACK,
                port,
                folder.resolve("state").toString(),
                2_000);
    }

    private RolloutState deploy(String version, int port, String behaviour) throws Exception {
        return deploy(version, port, behaviour, PLAN, phase -> {});
    }

    private interface Meanwhile {
        void before(RolloutState state) throws Exception;
    }

    private RolloutState deploy(String version, int port, String behaviour, RolloutPlan plan, Meanwhile meanwhile)
            throws Exception {
        endpoint = new ProcessEndpoint(folder.resolve("state").toString(), "iris");
        ProcessEffects effects =
                new ProcessEffects(AGENT, spec(version, port, behaviour), version, "sha256:" + version, CHECK);
        Rollout rollout = new Rollout(plan, effects, Clock.systemUTC());
        RolloutState state = rollout.begin();
        while (!state.phase().terminal()) {
            meanwhile.before(state);
            RolloutStep step = rollout.advance(state);
            log.addAll(step.messages());
            state = RolloutState.fromEntries(step.state().toEntries());
            Thread.sleep(step.delayMillis());
        }
        return state;
    }

    private void assertServes(String version) throws Exception {
        ServedRelease release = endpoint.serving().orElseThrow();
        assertThat(release.version()).isEqualTo(version);
        ProbeResult answer = new HttpProbe().probe(CHECK.smoke(release.url()));
        assertThat(answer.body()).contains("\"model_version\":\"" + version + "\"");
    }

    private boolean runs(String release, boolean fixed) throws IOException {
        return new ProcessTarget().status(key(release, fixed)).running();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void twoVersionsOneAfterTheOther() throws Exception {
        assertThat(deploy("1", 0, "good").phase()).as(log.toString()).isEqualTo(RolloutPhase.DONE);
        assertServes("1");
        String firstUrl = endpoint.serving().orElseThrow().url();
        assertThat(deploy("2", 0, "good").phase()).as(log.toString()).isEqualTo(RolloutPhase.DONE);
        assertServes("2");
        assertThat(endpoint.serving().orElseThrow().url()).isNotEqualTo(firstUrl);
        assertThat(runs("r1", false)).isFalse();
        assertThat(folder.resolve("state/iris/current.json")).content().contains("\"version\": \"2\"");
    }

    @Test
    void versionThatDiesAtOnceNeverServesAndShowsItsLog() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "dies-at-once");
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("ModuleNotFoundError: no weights at /models/iris");
        assertServes("1");
    }

    @Test
    void firstVersionThatDiesLeavesNothing() throws Exception {
        RolloutState end = deploy("1", 0, "dies-at-once");
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(endpoint.serving()).isEmpty();
    }

    @Test
    void versionThatNeverGetsReadyIsRemoved() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "never-ready", SHORT, state -> {});
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("wasn't healthy 2 times in a row within 600 ms; the last check: ");
        assertServes("1");
        assertThat(runs("r2", false)).isFalse();
    }

    @Test
    void nonsenseIsRefusedBeforeTheSwitch() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "nonsense");
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("expected JSON").contains("It works!");
        assertServes("1");
    }

    @Test
    void deathAfterTheSwitchBringsTheVersionBeforeBack() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "good", PLAN, this::dieOnWatch);
        assertThat(end.phase()).as(log.toString()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason())
                .contains("the new version died after the switch")
                .contains("OutOfMemoryError: told to die");
        assertServes("1");
    }

    private void dieOnWatch(RolloutState state) throws Exception {
        if (state.phase() == RolloutPhase.WATCH && state.good() == 1) {
            ServedRelease release = endpoint.serving().orElseThrow();
            new HttpProbe().probe(ProbeRequest.get(release.url() + "/die", 5_000));
        }
    }

    @Test
    void illnessAfterTheSwitchBringsTheVersionBeforeBack() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "ill-when-told", PLAN, state -> {
            if (state.phase() == RolloutPhase.WATCH && !Files.exists(folder.resolve("ill"))) {
                Files.createFile(folder.resolve("ill"));
            }
        });
        assertThat(end.phase()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(end.reason()).contains("2 checks in a row").contains("out of order");
        assertServes("1");
        assertThat(runs("r2", false)).isFalse();
    }

    @Test
    void fixedPortKeepsItsAddress() throws Exception {
        int port = freePort();
        assertThat(deploy("1", port, "good").phase()).as(log.toString()).isEqualTo(RolloutPhase.DONE);
        assertThat(endpoint.serving().orElseThrow().url()).isEqualTo("http://127.0.0.1:" + port);
        assertServes("1");
        assertThat(runs("r1", false)).as("the one that was tried first").isFalse();
        assertThat(deploy("2", port, "good").phase()).as(log.toString()).isEqualTo(RolloutPhase.DONE);
        assertThat(endpoint.serving().orElseThrow().url()).isEqualTo("http://127.0.0.1:" + port);
        assertServes("2");
    }

    @Test
    void fixedPortIsHandedBackAfterADeath() throws Exception {
        int port = freePort();
        deploy("1", port, "good");
        RolloutState end = deploy("2", port, "good", PLAN, this::dieOnWatch);
        assertThat(end.phase()).as(log.toString()).isEqualTo(RolloutPhase.ROLLED_BACK);
        assertThat(endpoint.serving().orElseThrow().url()).isEqualTo("http://127.0.0.1:" + port);
        assertServes("1");
    }

    @Test
    void fixedPortOfAnotherIsRefusedAtOnce() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RolloutState end = deploy("1", other.getLocalPort(), "good");
            assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
            assertThat(end.reason()).contains("port " + other.getLocalPort()).contains("choose another port");
            assertThat(runs("r1", false)).isFalse();
        }
    }

    @Test
    void everyDeedCanBeRepeated() throws Exception {
        deploy("1", 0, "good");
        endpoint = new ProcessEndpoint(folder.resolve("state").toString(), "iris");
        ProcessEffects effects = new ProcessEffects(AGENT, spec("2", 0, "good"), "2", "sha256:2", CHECK);
        Optional<ServedRelease> before = effects.serving();
        ServedRelease candidate = effects.start();
        assertThat(effects.start()).isEqualTo(candidate);
        assertThat(effects.switchTo(candidate, before)).isEqualTo(effects.switchTo(candidate, before));
        assertThat(effects.restore(before.orElseThrow(), candidate))
                .isEqualTo(effects.restore(before.orElseThrow(), candidate));
        effects.discard(candidate, before);
        effects.discard(candidate, before);
        assertServes("1");
        effects.retire(before.orElseThrow(), before.orElseThrow());
        assertServes("1");
    }

    @Test
    void everyAnswerIsLostOnceAndNothingIsDoneTwice() throws Exception {
        for (int port : new int[] {0, freePort()}) {
            Files.deleteIfExists(folder.resolve("spawned.txt"));
            assertThat(deploy(port + "-1", port, "good").phase())
                    .as(log.toString())
                    .isEqualTo(RolloutPhase.DONE);
            Set<String> lost = new HashSet<>();
            ServingHost forgetful = new ServingHost() {
                @Override
                public <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException {
                    T result = AGENT.call(task);
                    if (lost.add(task.getClass().getSimpleName())) {
                        throw new IOException("the channel was closed");
                    }
                    return result;
                }
            };
            String version = port + "-2";
            Map<String, String> saved =
                    RolloutState.begin(endpoint.serving(), 0).toEntries();
            while (!RolloutState.fromEntries(saved).phase().terminal()) {
                // All but what was saved is forgotten, as over a restart of the controller.
                ProcessEffects effects =
                        new ProcessEffects(forgetful, spec(version, port, "good"), version, "sha256:2", CHECK);
                try {
                    RolloutStep step =
                            new Rollout(PLAN, effects, Clock.systemUTC()).advance(RolloutState.fromEntries(saved));
                    log.addAll(step.messages());
                    saved = step.state().toEntries();
                    Thread.sleep(step.delayMillis());
                } catch (IOException e) {
                    assertThat(e).hasMessage("the channel was closed");
                }
            }
            assertThat(RolloutState.fromEntries(saved).phase())
                    .as(log.toString())
                    .isEqualTo(RolloutPhase.DONE);
            assertThat(lost).contains("Start", "Ready", "Probe", "Switch", "Retire");
            assertServes(version);
            // On a fixed port a version runs twice by design: tried on a free port, then serving.
            List<String> once = List.of(port + "-1", port + "-2");
            List<String> twice = List.of(port + "-1", port + "-1", port + "-2", port + "-2");
            assertThat(Files.readAllLines(folder.resolve("spawned.txt"))).isEqualTo(port == 0 ? once : twice);
            endpoint.shutDown();
        }
    }

    @Test
    void oldReleasesAreRemovedButNotTheOneBefore() throws Exception {
        deploy("1", 0, "good");
        deploy("2", 0, "good");
        Path younger = ProcessEndpoint.filesOf(folder.resolve("state").toString(), "iris", "r9");
        Files.createDirectories(younger);
        deploy("3", 0, "good");
        assertThat(folder.resolve("state/iris/releases/r1")).doesNotExist();
        assertThat(folder.resolve("state/iris/releases/r2/spec.json")).exists();
        assertThat(younger).as("the files of a deployment that has just begun").exists();
    }

    @Test
    void changeByAnotherDeploymentIsNotOverwritten() throws Exception {
        deploy("1", 0, "good");
        RolloutState end = deploy("2", 0, "good", PLAN, state -> {
            if (state.phase() == RolloutPhase.SWITCH) {
                StateFile.write(
                        folder.resolve("state/iris/current.json"),
                        Map.of(
                                "release", "r9",
                                "version", "9",
                                "digest", "",
                                "url", "http://127.0.0.1:9"));
            }
        });
        assertThat(end.phase()).isEqualTo(RolloutPhase.FAILED);
        assertThat(end.reason()).contains("changed by another deployment").contains("version 9");
        assertThat(endpoint.serving().orElseThrow().version()).isEqualTo("9");
        assertThat(runs("r2", false)).isFalse();
    }

    @Test
    void endpointIsRevivedAfterARestartOfTheMachine() throws Exception {
        deploy("1", 0, "good");
        new ProcessTarget().stop(key("r1", false), 0);
        ServedRelease dead = endpoint.serving().orElseThrow();
        assertThat(endpoint.ready(dead, CHECK).outcome()).isEqualTo(Observation.Outcome.DEAD);
        ServedRelease alive = endpoint.revive().orElseThrow();
        ProcessTargetTest.await(() -> healthy(alive), "an answer of the revived process");
        assertServes("1");
        endpoint.shutDown();
        assertThat(endpoint.serving()).isEmpty();
        assertThat(endpoint.revive()).isEmpty();
    }

    private boolean healthy(ServedRelease release) {
        try {
            return endpoint.ready(release, CHECK).isHealthy();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void damagedStateIsRefusedByName() throws Exception {
        deploy("1", 0, "good");
        Path current = folder.resolve("state/iris/current.json");
        String good = Files.readString(current);
        for (int length = 0; length < good.length() - 2; length += 7) {
            Files.writeString(current, good.substring(0, length));
            assertThatThrownBy(endpoint::serving)
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining("current.json");
        }
    }
}
