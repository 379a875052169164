package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ProcessTargetTest {
    @TempDir
    private Path folder;

    private final ProcessTarget target = new ProcessTarget();
    private ProcessKey started;

    @AfterEach
    void stop() throws Exception {
        if (started != null) {
            target.stop(started, 0);
        }
    }

    private ProcessSpec spec(List<String> command) {
        return new ProcessSpec(
                "iris",
                "r1",
                command,
                Map.of(),
                folder.toString(),
                "",
                ProcessSpec.LOOPBACK,
                0,
                folder.resolve("state").toString(),
                5_000);
    }

    private RunningProcess start(ProcessSpec spec) throws Exception {
        started = spec.key();
        return target.start(spec);
    }

    static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Thread.sleep(10);
        }
    }

    private static boolean answers(RunningProcess process) {
        try {
            return new HttpProbe()
                    .probe(ProbeRequest.get(process.url() + "/v2/health/ready", 2_000))
                    .successful();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String log() throws IOException {
        return target.logTail(started, ProcessTarget.MAX_TAIL);
    }

    @Test
    void startsOnAFreePortAndStops() throws Exception {
        RunningProcess process = start(spec(ModelServer.command("good")));
        await(() -> answers(process), "an answer at " + process.url());
        assertThat(target.status(started).running()).isTrue();
        assertThat(log()).contains("listening on");
        assertThat(process.url()).isEqualTo("http://127.0.0.1:" + process.port());

        assertThat(target.stop(started, 5_000)).isTrue();
        assertThat(ProcessIdentity.isAlive(process.pid(), process.identity())).isFalse();
        assertThat(target.status(started).running()).isFalse();
        assertThat(target.stop(started, 5_000)).isFalse();
    }

    @Test
    void startedTwiceIsStartedOnce() throws Exception {
        RunningProcess first = start(spec(ModelServer.command("good")));
        assertThat(target.start(spec(ModelServer.command("good")))).isEqualTo(first);
    }

    @Test
    void interruptedStartIsFoundAgain() throws Exception {
        RunningProcess first = start(spec(ModelServer.command("good")));
        // What is on the disk when the agent is killed after the launch and before the record.
        Files.delete(started.record());
        StateFile.write(
                started.intent(),
                Map.of(
                        "port", Integer.toString(first.port()),
                        "url", first.url(),
                        "notBefore", Long.toString(first.startTimeMillis() - 50)));
        assertThat(target.start(spec(ModelServer.command("good")))).isEqualTo(first);
    }

    @Test
    void outlivesTheJvmThatStartedIt() throws Exception {
        Path record = folder.resolve("state/iris/releases/r1/free-port.json");
        String path = ModelServer.classes() + java.io.File.pathSeparator + mainClasses();
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        Starter.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
        started = new ProcessKey(folder.resolve("state").toString(), "iris", "r1", false);
        await(() -> Files.exists(record), "the record of the process");
        agent.destroyForcibly().waitFor();

        ProcessStatus status = target.status(started);
        assertThat(status.running()).as(status.detail()).isTrue();
        await(() -> answers(status.process()), "an answer after the starter was killed");
        assertThat(ProcessHandle.of(status.process().pid())
                        .orElseThrow()
                        .parent()
                        .map(ProcessHandle::pid))
                .isNotEqualTo(Optional.of(agent.pid()));
        assertThat(target.stop(started, 5_000)).isTrue();
    }

    private static String mainClasses() throws Exception {
        return Path.of(ProcessTarget.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    /** Plays the agent that starts the process and is killed. */
    public static final class Starter {
        private Starter() {}

        /** Argument: folder. */
        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            new ProcessTarget()
                    .start(new ProcessSpec(
                            "iris",
                            "r1",
                            ModelServer.command("good"),
                            Map.of(),
                            folder.toString(),
                            "",
                            ProcessSpec.LOOPBACK,
                            0,
                            folder.resolve("state").toString(),
                            5_000));
            Thread.sleep(60_000);
        }
    }

    @Test
    void environmentHoldsNothingByWhichJenkinsWouldKillIt() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        ProcessSpec spec = new ProcessSpec(
                "iris",
                "r1",
                ModelServer.command("environment", "{port} of {host}"),
                Map.of("BUILD_ID", "7", "JENKINS_NODE_COOKIE", "c", "THREADS", "2", "ADDRESS", "{url}"),
                folder.toString(),
                "sub",
                ProcessSpec.LOOPBACK,
                0,
                folder.resolve("state").toString(),
                5_000);
        RunningProcess process = start(spec);
        await(() -> answers(process), "an answer");
        assertThat(log())
                .contains("starting version " + process.port() + " of 127.0.0.1")
                .contains("env PORT=" + process.port())
                .contains("env MLOPS_PORT=" + process.port())
                .contains("env THREADS=2")
                .contains("env ADDRESS=" + process.url())
                .contains("env PATH=")
                .contains("folder " + folder.toRealPath().resolve("sub"))
                .doesNotContain("BUILD_ID", "COOKIE", "MLOPS_PID_FILE");
        // Whatever the agent itself holds stays with it.
        for (String name : System.getenv().keySet()) {
            if (name.contains("MAVEN") || name.contains("TOKEN")) {
                assertThat(log()).doesNotContain("env " + name + "=");
            }
        }
    }

    @Test
    void deathAtOnceIsSeenWithTheLog() throws Exception {
        start(spec(ModelServer.command("dies-at-once")));
        await(() -> !running(), "the end of the process");
        assertThat(target.status(started).logTail()).contains("ModuleNotFoundError: no weights at /models/iris");
    }

    private boolean running() {
        try {
            return target.status(started).running();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void missingProgramIsSeenWithTheLog() throws Exception {
        start(spec(List.of("no-such-program-here", "--port", "{port}")));
        await(() -> !running(), "the end of the process");
        assertThat(target.status(started).logTail())
                .contains("no-such-program-here")
                .contains("not found");
    }

    @Test
    void shellCharactersAreArgumentsAndNothingMore() throws Exception {
        Path canary = folder.resolve("canary");
        start(spec(
                List.of("/bin/echo", "$(touch " + canary + ")", "; touch " + canary, "`touch " + canary + "`", "a b")));
        await(() -> !running(), "the end of the process");
        assertThat(canary).doesNotExist();
        assertThat(log().strip())
                .isEqualTo("$(touch " + canary + ") ; touch " + canary + " `touch " + canary + "` a b");
    }

    @Test
    void stubbornProcessIsKilledAfterTheGrace() throws Exception {
        RunningProcess process = start(spec(ModelServer.command("stubborn")));
        await(() -> answers(process), "an answer");
        assertThat(target.stop(started, 200)).isTrue();
        assertThat(ProcessIdentity.of(process.pid())).isEmpty();
    }

    @Test
    void childrenEndToo() throws Exception {
        RunningProcess process = start(spec(ModelServer.command("parent")));
        await(() -> answers(process), "an answer");
        long child = Long.parseLong(log().lines()
                .filter(line -> line.startsWith("child "))
                .findFirst()
                .orElseThrow()
                .substring(6));
        assertThat(ProcessIdentity.of(child)).isPresent();
        target.stop(started, 5_000);
        await(() -> ProcessIdentity.of(child).isEmpty(), "the end of the child");
    }

    @Test
    void recycledIdIsNeverKilled() throws Exception {
        Process innocent = new ProcessBuilder("sleep", "300").start();
        try {
            ProcessKey key = new ProcessKey(folder.toString(), "iris", "r1", false);
            StateFile.write(
                    key.record(),
                    Map.of(
                            "pid", Long.toString(innocent.pid()),
                            "startTimeMillis", "1000",
                            "identity", "linux:another-boot:42",
                            "port", "8080",
                            "url", "http://127.0.0.1:8080"));
            assertThat(target.status(key).running()).isFalse();
            assertThat(target.stop(key, 0)).isFalse();
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void takenPortIsRefusedBeforeAnythingStarts() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ProcessSpec spec = spec(ModelServer.command("good")).withPort(other.getLocalPort());
            assertThatThrownBy(() -> target.start(spec))
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("choose another port");
            assertThat(target.status(spec.key()).process()).isNull();
        }
    }

    @Test
    void portThatIsFreedInAMomentIsWaitedFor() throws Exception {
        try (ServerSocket before = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ProcessSpec spec = spec(ModelServer.command("good", "1")).withPort(before.getLocalPort());
            Thread starter = Thread.currentThread();
            Thread ending = new Thread(() -> {
                try {
                    // The wait between two tries, and no other place, has this thread sleep before the port is free.
                    await(() -> starter.getState() == Thread.State.TIMED_WAITING, "a start that waits");
                    before.close();
                } catch (InterruptedException | IOException e) {
                    throw new AssertionError(e);
                }
            });
            ending.start();
            RunningProcess process = start(spec);
            ending.join();
            assertThat(process.port()).isEqualTo(spec.port());
            await(() -> answers(process), "the server on the freed port");
        }
    }

    @Test
    void workingDirectoryMayNotLeaveTheWorkspace() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("ws"));
        Files.createSymbolicLink(workspace.resolve("link"), folder);
        for (String path : List.of("..", "../ws2", "a/../../..", "/etc", "link", "missing", "link/ws/..")) {
            ProcessSpec spec = new ProcessSpec(
                    "iris",
                    "r1",
                    List.of("true"),
                    Map.of(),
                    workspace.toString(),
                    path,
                    ProcessSpec.LOOPBACK,
                    0,
                    folder.resolve("state").toString(),
                    0);
            assertThatThrownBy(() -> target.start(spec)).as(path).isInstanceOf(ServingException.class);
        }
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void longLogIsCutAtALine() throws Exception {
        ProcessKey key = new ProcessKey(folder.toString(), "iris", "r1", false);
        Files.createDirectories(key.log().getParent());
        Files.writeString(key.log(), "line of text äöü\n".repeat(100_000) + "the last line\n");
        String tail = target.logTail(key, 1_000);
        assertThat(tail.length()).isLessThanOrEqualTo(1_000);
        assertThat(tail).startsWith("line of text").endsWith("the last line\n");
        assertThat(target.logTail(new ProcessKey(folder.toString(), "iris", "r2", false), 10))
                .isEmpty();
    }

    @Test
    void damagedRecordIsRefusedByName() throws Exception {
        ProcessKey key = new ProcessKey(folder.toString(), "iris", "r1", false);
        Files.createDirectories(key.record().getParent());
        for (String text : List.of("", "{", "{\"pid\": \"1\"}", "{\"pid\": 1}", "null", "{\"pid\": \"x\"} trailing")) {
            Files.writeString(key.record(), text);
            assertThatThrownBy(() -> target.status(key))
                    .as(text)
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining("free-port.json");
        }
    }
}
