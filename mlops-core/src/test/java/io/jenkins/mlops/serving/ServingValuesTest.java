package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingValuesTest {
    private static ProcessSpec spec(String endpoint, List<String> command, Map<String, String> env, int port) {
        return new ProcessSpec(endpoint, "r1", command, env, "/ws", "", "127.0.0.1", port, "/state", 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "a/b",
                "a\\b",
                "a b",
                "-x",
                ".hidden",
                "\uD83D\uDE00",
                "a\n",
                "con:x",
                "a\0"
            })
    void nameThatIsNoFileNameIsRefused(String name) {
        assertThatThrownBy(() -> spec(name, List.of("x"), Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name of an endpoint");
        assertThatThrownBy(() -> new ProcessKey("/state", "iris", name, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longNameIsRefusedAndNotRepeatedInFull() {
        assertThatThrownBy(() -> spec("x".repeat(10_000), List.of("x"), Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void commandAndEnvironmentAreCheckedAndCopied() {
        assertThatThrownBy(() -> spec("iris", List.of(), Map.of(), 0)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> spec("iris", List.of("a\0b"), Map.of(), 0)).hasMessageContaining("NUL");
        assertThatThrownBy(() -> spec("iris", List.of("x"), Map.of("a=b", "c"), 0))
                .hasMessageContaining("environment variable");
        assertThatThrownBy(() -> spec("iris", List.of("x"), Map.of(), 65_536)).hasMessageContaining("the port");
        List<String> command = new ArrayList<>(List.of("java", "{model}"));
        ProcessSpec spec = spec("iris", command, Map.of("M", "{model}"), 0);
        command.set(0, "rm");
        assertThat(spec.command()).containsExactly("java", "{model}");
        ProcessSpec filled = spec.withPlaceholder("model", "/m v1");
        assertThat(filled.command()).containsExactly("java", "/m v1");
        assertThat(filled.env()).containsEntry("M", "/m v1");
        assertThatThrownBy(() -> spec.command().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "$(x)", "host/path", ""})
    void hostIsAHost(String host) {
        assertThatThrownBy(() ->
                        new ProcessSpec("iris", "r1", List.of("x"), Map.of(), "/ws", "", host, 0, "/state", 1_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host");
    }

    @Test
    void valuesThatAgentsSendAreChecked() {
        assertThatThrownBy(() -> new RunningProcess(0, 1, "i", 80, "http://h", "/log"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunningProcess(1, 1, "i", 0, "http://h", "/log"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunningProcess(1, 1, "i", 80, "javascript:alert(1)", "/log"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServedRelease("r1", "1", "", "javascript:alert(1)"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessStatus(true, null, "", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessStatus(false, null, "", "x".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProbeResult(200, "x".repeat(100_000), false, 1, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProbeResult(0, "", false, 1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProbeResult(200, "", false, -1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Observation(null, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Observation(Observation.Outcome.ILL, "x".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void healthCheckKnowsItsProtocol() {
        HealthCheck v2 = HealthCheck.v2("my model", "{}");
        assertThat(v2.readiness("http://h:1/"))
                .extracting(ProbeRequest::url)
                .containsExactly("http://h:1/v2/health/ready", "http://h:1/v2/models/my%20model/ready");
        assertThat(v2.smoke("http://h:1/x").url()).isEqualTo("http://h:1/x/v2/models/my%20model/infer");
        HealthCheck mlflow = HealthCheck.mlflow("{}");
        assertThat(mlflow.readiness("http://h:1")).extracting(ProbeRequest::url).containsExactly("http://h:1/ping");
        assertThat(mlflow.smoke("http://h:1").url()).isEqualTo("http://h:1/invocations");
        assertThat(HealthCheck.http("/up").readiness("http://h:1"))
                .extracting(ProbeRequest::url)
                .containsExactly("http://h:1/up");
        assertThatThrownBy(() -> HealthCheck.http("/up").smoke("http://h:1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> HealthCheck.v2(" ", "{}")).hasMessageContaining("name of the model");
        for (String path : List.of("up", "//evil.example/", "\\up")) {
            assertThatThrownBy(() -> HealthCheck.http(path)).hasMessageContaining("must start with one '/'");
        }
        assertThat(ServingProtocol.of("V2")).isEqualTo(ServingProtocol.OPEN_INFERENCE_V2);
        assertThatThrownBy(() -> ServingProtocol.of("grpc")).hasMessageContaining("v2, mlflow, http");
    }

    @Test
    void planIsBounded() {
        assertThatThrownBy(() -> new RolloutPlan(0, 1, 1, 1, 1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RolloutPlan(1, 0, 1, 1, 1, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RolloutPlan(1, 1, 1, 1, 0, true)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new RolloutPlan(1, 1, 1, 86_400_000, 1, true).watchChecks()).isEqualTo(86_400_001);
    }

    @Test
    void tasksCarryTheirSpecToTheAgent() throws Exception {
        ProcessTasks.Start start = new ProcessTasks.Start(spec("iris", List.of("x"), Map.of("A", "b"), 8080), "1", "");
        assertThat(ProcessRolloutTest.copy(start)).isEqualTo(start);
        ProcessTasks.Ready ready = new ProcessTasks.Ready(
                "/state", "iris", RolloutWorld.NEW, HealthCheck.v2("iris", "x".repeat(1_000_000)));
        assertThat(ready.check().smokeRequest())
                .as("not sent along for a health check")
                .isEmpty();
        assertThat(ProcessRolloutTest.copy(ready)).isEqualTo(ready);
    }
}
