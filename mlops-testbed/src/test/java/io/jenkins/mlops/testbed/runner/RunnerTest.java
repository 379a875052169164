package io.jenkins.mlops.testbed.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {
    @TempDir
    private Path folder;

    private String output;

    private int run(String script, String... more) throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(project.resolve("Jenkinsfile"), script);
        List<String> arguments = new ArrayList<>(List.of(
                "run", project.toString(), "--home", folder.resolve("home").toString()));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int code = new Runner(Options.parse(arguments), new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
        output = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    @Test
    void runsInACopyOfTheFolderAndKeepsItsHome() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("project")).resolve("data.txt"), "seven");
        String script =
                "node { echo \"build ${BUILD_NUMBER}: ${readFile 'data.txt'}\"; writeFile file: 'x', text: '' }";
        assertThat(run(script)).isZero();
        assertThat(output).contains("[Pipeline] node", "build 1: seven", "Finished: SUCCESS");
        assertThat(run(script)).isZero();
        assertThat(output).contains("build 2: seven");
        assertThat(folder.resolve("project/x")).doesNotExist();
    }

    @Test
    void worksInAGivenFolderWithParameters() throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("here"));
        String script = """
                pipeline {
                    agent any
                    parameters { string(name: 'RATE', defaultValue: '1'); booleanParam(name: 'FAST', defaultValue: true) }
                    stages { stage('s') { steps { writeFile file: 'out', text: "${params.RATE} ${params.FAST ? 'y' : 'n'}" } } }
                }
                """;
        assertThat(run(script, "--workspace", workspace.toString(), "--param", "RATE=2", "--param", "FAST=false"))
                .as(() -> output)
                .isZero();
        assertThat(workspace.resolve("out")).hasContent("2 n");
    }

    @Test
    void tellsByItsCodeWhetherTheBuildIsGood() throws Exception {
        assertThat(run("unstable 'so so'")).isEqualTo(1);
        assertThat(output).endsWith("Finished: UNSTABLE\n");
        assertThat(run("error 'no'")).isEqualTo(1);
        assertThat(output).endsWith("ERROR: no\nFinished: FAILURE\n");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.parse(List.of("fly")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("run")))
                .withMessage("which Jenkinsfile to run is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("run", folder.toString())))
                .withMessageContaining("there is no file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("serve", "--param", "x")))
                .withMessageContaining("NAME=VALUE");
    }
}
