package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ReleaseFilesTest {
    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void fill() throws Exception {
        workspace = Files.createDirectories(folder.resolve("ws"));
        Files.createDirectories(workspace.resolve("target/lib"));
        Files.writeString(workspace.resolve("target/server.jar"), "jar");
        Files.writeString(workspace.resolve("target/lib/a.jar"), "a");
        Files.writeString(folder.resolve("secret"), "secret");
    }

    private ReleaseFiles.Copied copy(String... files) throws Exception {
        return ReleaseFiles.copy(
                workspace.toString(), List.of(files), folder.resolve("state").toString(), "iris", "r1");
    }

    @Test
    void filesAndFoldersKeepTheirPaths() throws Exception {
        ReleaseFiles.Copied copied = copy("target/server.jar", "target/lib");
        Path goal = Path.of(copied.directory());
        assertThat(goal)
                .isEqualTo(ProcessEndpoint.filesOf(folder.resolve("state").toString(), "iris", "r1"));
        assertThat(goal.resolve("target/server.jar")).hasContent("jar");
        assertThat(goal.resolve("target/lib/a.jar")).hasContent("a");
        assertThat(copied.files()).isEqualTo(2);
        assertThat(copied.bytes()).isEqualTo(4);
        Files.writeString(workspace.resolve("target/server.jar"), "the next build");
        assertThat(goal.resolve("target/server.jar")).hasContent("jar");
    }

    @Test
    void executableStaysExecutable() throws Exception {
        Path script = Files.writeString(workspace.resolve("run.sh"), "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(Path.of(copy("run.sh").directory()).resolve("run.sh")).isExecutable();
    }

    @Test
    void nothingFromOutsideTheWorkspace() throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(workspace.resolve("target/lib/link"), folder.resolve("secret"));
        for (String file : List.of(
                "../secret",
                "/etc/passwd",
                "target/../../secret",
                "link",
                "target/lib",
                "missing",
                "\0",
                "target/lib/link")) {
            assertThatThrownBy(() -> copy(file))
                    .as(file)
                    .isInstanceOfAny(ServingException.class, IllegalArgumentException.class);
        }
        assertThat(folder.resolve("state/iris/releases/r1/files/secret")).doesNotExist();
    }

    @Test
    void endlessLinkEnds() throws Exception {
        Files.createSymbolicLink(workspace.resolve("target/loop"), workspace.resolve("target"));
        assertThatThrownBy(() -> copy("target"))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("loop");
    }

    @Test
    void fileThatCannotBeWrittenIsNamedWithItsPlace() throws Exception {
        Path goal = Path.of(copy("target/server.jar").directory());
        Files.delete(goal.resolve("target/server.jar"));
        Files.createDirectories(goal.resolve("target/server.jar/full"));
        assertThatThrownBy(() -> copy("target/server.jar"))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("Could not write the file of a release 'target/server.jar' to " + goal)
                .hasMessageContaining("Check space and rights there");
    }
}
