package io.jenkins.mlops.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCaptureTest {
    private static final EnvironmentCapture CAPTURE = new EnvironmentCapture("python train.py", true, 20_000);

    @TempDir
    Path folder;

    private Environment capture(Map<String, String> variables) throws InterruptedException {
        return CAPTURE.capture(folder, variables);
    }

    @ParameterizedTest
    @CsvSource({
        "https://ann:s3cret@git.example/r.git, https://git.example/r.git",
        "https://ghp_token@git.example/r.git, https://git.example/r.git",
        "https://ann:s3@cret@git.example/r.git, https://git.example/r.git",
        "https://ann:s3/cret@git.example/r.git, https://git.example/r.git",
        "https://git.example:8443/r.git, https://git.example:8443/r.git",
        "https://git.example/r.git?private_token=s3cret, https://git.example/r.git",
        "https://git.example/team@work/r.git, https://git.example/team@work/r.git",
        "ssh://git:s3cret@git.example:22/r.git, ssh://git.example:22/r.git",
        "git@git.example:team/r.git, git@git.example:team/r.git",
        "ann:s3cret@git.example:team/r.git, git.example:team/r.git",
        "/srv/git/r.git, /srv/git/r.git"
    })
    void remotesLoseTheirSecrets(String url, String kept) {
        assertThat(EnvironmentCapture.withoutSecrets(url)).isEqualTo(kept);
    }

    @Test
    void readsTheWorkTree() throws Exception {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
        variables.put("GIT_CONFIG_SYSTEM", "/dev/null");
        git(variables, "init", "-q", "-b", "main");
        Files.writeString(folder.resolve("requirements.txt"), "numpy==2.0\n");
        git(variables, "add", ".");
        git(variables, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "-qm", "first");
        git(variables, "remote", "add", "origin", "https://ann:s3cret@git.example/r.git");
        Environment clean = capture(variables);
        assertThat(clean.code().commit()).matches("[0-9a-f]{40}");
        assertThat(clean.code().dirty()).isFalse();
        assertThat(clean.code().branch()).isEqualTo("main");
        assertThat(clean.code().author()).isEqualTo("ann@example.org");
        assertThat(clean.code().repository()).isEqualTo("https://git.example/r.git");
        assertThat(Json.write(clean)).doesNotContain("s3cret");
        assertThat(clean.lockFiles()).isEqualTo(Map.of("requirements.txt", Ledger.sha256("numpy==2.0\n")));
        assertThat(clean.processors()).isPositive();
        assertThat(clean.memoryBytes()).isPositive();
        assertThat(Json.read(Json.write(clean), Environment.class)).isEqualTo(clean);

        Files.writeString(folder.resolve("requirements.txt"), "numpy==2.1\n");
        assertThat(capture(variables).code().dirty()).isTrue();
    }

    private void git(Map<String, String> variables, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Commands.Outcome outcome = new Commands(folder, variables, 30_000).run(command);
        Assumptions.assumeTrue(outcome.exit() != -1, "git is not on this machine");
        assertThat(outcome.exit()).as(outcome.text()).isZero();
    }

    @Test
    void anEmptyMachineIsNoFailure() throws Exception {
        Environment environment = capture(Map.of("PATH", folder.toString()));
        assertThat(environment.code()).isNull();
        assertThat(environment.gpus()).isEmpty();
        assertThat(environment.os()).isNotBlank();
        assertThat(environment.command()).isEqualTo("python train.py");
    }

    @Test
    void toolsAreFoundOnTheRunsPathAndTheirNoiseIsBorne() throws Exception {
        script(
                "python3",
                "case \"$*\" in *freeze*) printf 'numpy==2.0\\nlocal @ https://u:s3cret@h/p.whl\\n-e junk\\n';;"
                        + " *) echo 'Python 3.99.1';; esac");
        script("nvidia-smi", "printf 'Tesla T4\\nTesla T4\\n'");
        script("git", "echo 'not a commit'");
        Environment environment = capture(Map.of(
                "PATH", folder + ":/usr/bin:/bin", "CONTAINER_IMAGE", "r.example/train@sha256:" + "a".repeat(64)));
        assertThat(environment.pythonVersion()).isEqualTo("3.99.1");
        assertThat(environment.packages()).isEqualTo(Map.of("numpy", "2.0", "local", "https://h/p.whl"));
        assertThat(environment.gpus()).containsExactly("Tesla T4", "Tesla T4");
        assertThat(environment.container()).startsWith("r.example/train@sha256:");
        assertThat(environment.code()).isNull();
        assertThat(environment.notes()).anyMatch(note -> note.contains("instead of a commit"));
    }

    @Test
    void aToolThatHangsIsEnded() throws Exception {
        script("git", "sleep 600");
        Environment environment =
                new EnvironmentCapture("", false, 300).capture(folder, Map.of("PATH", folder + ":/usr/bin:/bin"));
        assertThat(environment.code()).isNull();
        assertThat(environment.notes()).anyMatch(note -> note.contains("took longer than 300 ms"));
    }

    private void script(String name, String body) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void boundsWhatItIsToldToWait() {
        assertThatThrownBy(() -> new EnvironmentCapture("", true, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RunBatch(
                        List.of(),
                        java.util.stream.IntStream.range(0, 101)
                                .boxed()
                                .collect(java.util.stream.Collectors.toMap(i -> "p" + i, i -> "v")),
                        Map.of()))
                .hasMessageContaining("parameters in a batch");
    }
}
