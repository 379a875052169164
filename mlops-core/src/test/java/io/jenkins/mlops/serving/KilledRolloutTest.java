package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A rollout whose own JVM is halted after each deed and before the deed's outcome is saved. */
@DisabledOnOs(OS.WINDOWS)
class KilledRolloutTest {
    @TempDir
    private Path folder;

    @AfterEach
    void shutDown() throws Exception {
        new ProcessEndpoint(folder.resolve("state").toString(), "iris").shutDown();
    }

    @Test
    void haltedAfterEachDeedItStillServesOneVersionFromOneProcess() throws Exception {
        int runs = 0;
        while (run() != 0) {
            assertThat(++runs).as("runs").isLessThan(20);
        }
        assertThat(runs).as("each kind of deed was interrupted once").isEqualTo(4);
        ServedRelease serving = new ProcessEndpoint(folder.resolve("state").toString(), "iris")
                .serving()
                .orElseThrow();
        assertThat(serving.version()).isEqualTo("1");
        assertThat(new HttpProbe()
                        .probe(ProbeRequest.get(serving.url() + "/v2/health/ready", 20_000))
                        .successful())
                .isTrue();
        assertThat(Files.readAllLines(folder.resolve("spawned.txt"))).containsExactly("1");
    }

    private int run() throws Exception {
        String classPath =
                String.join(File.pathSeparator, ModelServer.classes(), classes(ProcessTarget.class), jackson());
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Runner.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("runner.log").toFile())
                .start();
        int code = process.waitFor();
        assertThat(code).as(Files.readString(folder.resolve("runner.log"))).isIn(0, Runner.HALTED);
        return code;
    }

    private static String classes(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** The judge of smoke answers needs it; that runs where the rollout runs, not on the agent. */
    private static String jackson() throws Exception {
        return String.join(
                File.pathSeparator,
                classes(com.fasterxml.jackson.databind.ObjectMapper.class),
                classes(com.fasterxml.jackson.core.JsonFactory.class),
                classes(com.fasterxml.jackson.annotation.JsonInclude.class));
    }

    /** Goes on with the rollout from the saved state, and is halted after the first deed of a kind. */
    public static final class Runner {
        static final int HALTED = 137;

        private Runner() {}

        /** Argument: folder. */
        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Path file = folder.resolve("rollout.json");
            ServingHost host = new ServingHost() {
                @Override
                public <T extends Serializable> T call(HostTask<T> task) throws IOException, InterruptedException {
                    T result = task.run();
                    Path mark = folder.resolve("halted-" + task.getClass().getSimpleName());
                    if (!Files.exists(mark)) {
                        Files.createFile(mark);
                        Runtime.getRuntime().halt(HALTED);
                    }
                    return result;
                }
            };
            ProcessSpec spec = new ProcessSpec(
                    "iris",
                    "r1",
                    ModelServer.command("good", "1"),
                    Map.of(),
                    folder.toString(),
                    "",
                    ProcessSpec.LOOPBACK,
                    0,
                    folder.resolve("state").toString(),
                    2_000);
            HealthCheck check = HealthCheck.v2(ModelServer.MODEL, "{\"inputs\":[]}");
            Rollout rollout = new Rollout(
                    new RolloutPlan(1, 20, 60_000, 20, 2, true),
                    new ProcessEffects(host, spec, "1", "", check),
                    Clock.systemUTC());
            Optional<Map<String, String>> saved = StateFile.read(file);
            RolloutState state =
                    saved.isPresent() ? RolloutState.fromEntries(saved.get()) : RolloutState.begin(Optional.empty(), 0);
            state = rollout.run(state, step -> save(file, step.state()));
            if (state.phase() != RolloutPhase.DONE) {
                throw new IllegalStateException(state.toString());
            }
        }

        private static void save(Path file, RolloutState state) {
            try {
                StateFile.write(file, state.toEntries());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
