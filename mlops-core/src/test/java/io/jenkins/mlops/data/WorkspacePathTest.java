package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspacePathTest {
    @TempDir
    private Path temporary;

    private Path workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectories(temporary.toRealPath().resolve("jobs/a/workspace"));
        Files.writeString(temporary.resolve("secret"), "s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.csv",
                "data/train.csv",
                "./data.csv",
                "data//train.csv",
                "data/./x",
                "data/",
                ".",
                "a b/c d.csv",
                "file~",
                "..data",
                "data..",
                "a..b/c",
                "...csv",
                "x#y",
                "100%.csv",
                "a%20b",
                "-rf",
                "$HOME/x",
                "data;rm",
                "`x`",
                "'quoted'",
                ".hidden/file"
            })
    void acceptsOrdinaryNames(String path) throws IOException {
        WorkspacePath resolved = WorkspacePath.resolve(workspace, path);
        assertThat(resolved.path()).isAbsolute().startsWithRaw(workspace);
        assertThat(resolved.path()).isEqualTo(workspace.resolve(path).normalize());
        assertThat(WorkspacePath.resolve(workspace, resolved.relative()).path()).isEqualTo(resolved.path());
    }

    @Test
    void acceptsNamesBeyondAsciiWhereTheLocaleHasThem() throws IOException {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualToIgnoringCase("UTF-8");
        for (String path : List.of("daten/größe.csv", "数据.csv", "emoji-\uD83D\uDE00.csv")) {
            assertThat(WorkspacePath.resolve(workspace, path).relative()).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void refusesHostilePaths(String path) {
        assertThatThrownBy(() -> WorkspacePath.resolve(workspace, path))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("The path \"")
                .hasMessageContaining("is refused: ");
    }

    static Stream<String> hostilePaths() {
        List<String> all = new ArrayList<>(List.of(
                // climbing, plain and mixed with ordinary names
                "..",
                "../",
                "../secret",
                "../../secret",
                "data/../../secret",
                "data/..",
                "./..",
                "././../x",
                "a/b/../../..",
                "data/../data.csv",
                "..//..//secret",
                "a/../../..//x",
                "/..",
                "//..",
                "../../../../../../../../etc/passwd",
                // absolute
                "/",
                "/etc/passwd",
                "//etc/passwd",
                "///etc/passwd",
                "/proc/self/environ",
                "/dev/zero",
                "//server/share/x",
                // home
                "~",
                "~/x",
                "~root/.ssh/id_rsa",
                "~/../x",
                // Windows
                "C:\\Windows\\win.ini",
                "c:/Windows/win.ini",
                "c:win.ini",
                "Z:",
                "\\\\server\\share",
                "..\\secret",
                "data\\..\\..\\secret",
                "\\secret",
                "\\\\?\\C:\\x",
                "\\\\.\\PhysicalDrive0",
                "data\\x",
                "/\\x",
                "c:",
                "C:/",
                "data/..\\..\\x",
                // schemes, as in the path traversals of MLflow (CVE-2023-1177, -6977, -2780, CVE-2024-1483, -1560,
                // -2928,
                // -3573, -3848, -8859, CVE-2023-6909, -6975)
                "file:///etc/passwd",
                "file:/etc/passwd",
                "FILE:///etc/passwd",
                "file://localhost/etc/passwd",
                "file:../x",
                "local:///etc/passwd",
                "http://169.254.169.254/latest",
                "https://host/x#/../../etc/passwd",
                "http:///#/../../../etc",
                "s3://bucket/../x",
                "dbfs:/x",
                "mlflow-artifacts:/x/../..",
                "runs:/1/../../x",
                "models:/../../x",
                "ftp:x",
                "jar:file:/x!/y",
                "data:text/plain,x",
                "gopher://x",
                "model#/../../../../../../etc/passwd",
                "?/../../x",
                "x?a=/../../../etc/passwd",
                "#/../..",
                "a/b#/../../../c",
                // encoded, once and more often
                "%2e%2e/x",
                "%2e%2e%2fsecret",
                "..%2fsecret",
                "%2E%2E%2Fsecret",
                "%252e%252e%252fsecret",
                "data%2f..",
                "%2fetc%2fpasswd",
                "..%5csecret",
                "%5c%5cserver",
                "x%00.csv",
                "%25252e%25252e/x",
                ".%2e/x",
                "%2e./x",
                "..%252f..%252fx",
                "x%0d%0ay",
                "x%0ay",
                // control characters and what hides
                "x\0.csv",
                "\0",
                "data.csv\0.png",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u001bb",
                "\u007f",
                "a\u0085b",
                "\u202egnp.exe",
                "a\u200bb",
                "\ufeffx",
                "a\u2028b",
                "a\u2029b",
                "\u2066x",
                // look-alikes of separators and dots
                "..\u2215secret",
                "..\uff0fsecret",
                "\uff0fetc",
                "a\uff3cb",
                "\uff0e\uff0e/x",
                "\u2024\u2024/x",
                "\u2025/x",
                "a/\ufe52\ufe52/x",
                // names of dots and blanks
                "...",
                "....",
                ".. ",
                ". .",
                " ..",
                ".. /x",
                "a/.../b",
                "....//",
                "..\u00a0/x",
                " ",
                "",
                "   ",
                "\u3000",
                "/ /",
                // too long
                "a".repeat(4097),
                "a".repeat(256),
                "ä".repeat(128),
                "a/".repeat(3000)));
        return all.stream();
    }

    @Test
    void triesEnoughPayloads() {
        assertThat(hostilePaths()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void followsLinksThatStayInside() throws IOException {
        Files.createDirectories(workspace.resolve("real"));
        Files.writeString(workspace.resolve("real/x.csv"), "a\n");
        Files.createSymbolicLink(workspace.resolve("link"), Path.of("real"));
        assertThat(WorkspacePath.resolve(workspace, "link/x.csv").path()).isRegularFile();
        assertThat(WorkspacePath.resolve(workspace, "link/new.csv").relative()).isEqualTo("link/new.csv");
    }

    @Test
    void refusesLinksThatLeaveTheWorkspace() throws IOException {
        Files.createSymbolicLink(workspace.resolve("out"), temporary);
        Files.createSymbolicLink(workspace.resolve("secret.csv"), temporary.resolve("secret"));
        Files.createSymbolicLink(workspace.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(workspace.resolve("chain"), Path.of("out"));
        for (String path : List.of("out", "out/secret", "out/new", "secret.csv", "up/../x", "up/x", "chain/secret")) {
            assertThatThrownBy(() -> WorkspacePath.resolve(workspace, path))
                    .as(path)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is refused");
        }
    }

    @Test
    void refusesLinksThatLeadNowhereOrInCircles() throws IOException {
        Files.createSymbolicLink(workspace.resolve("nowhere"), temporary.resolve("absent"));
        Files.createSymbolicLink(workspace.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(workspace.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(workspace.resolve("b"), Path.of("a"));
        for (String path : List.of("nowhere", "nowhere/x", "self", "self/x", "a", "b/x")) {
            assertThatThrownBy(() -> WorkspacePath.resolve(workspace, path))
                    .as(path)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is refused");
        }
    }

    @Test
    void aWorkspaceMayBeALinkItself() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("ws"), workspace);
        assertThat(WorkspacePath.resolve(link, "x").path()).isEqualTo(workspace.resolve("x"));
    }

    @Test
    void allowsAbsolutePathsWhereAsked() throws IOException {
        Path secret = temporary.toRealPath().resolve("secret");
        assertThat(WorkspacePath.resolveAllowingAbsolute(workspace, secret.toString())
                        .path())
                .isEqualTo(secret);
        assertThat(WorkspacePath.resolveAllowingAbsolute(workspace, "x").path()).isEqualTo(workspace.resolve("x"));
        for (String path : List.of("../secret", "/a/../b", "//server/share", "/x\0", "/a\\b", "/%2e%2e/x")) {
            assertThatThrownBy(() -> WorkspacePath.resolveAllowingAbsolute(workspace, path))
                    .as(path)
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void makesAWorkspaceThatNobodyHasWrittenIntoYet() throws Exception {
        Path fresh = workspace.resolve("jobs/fresh");
        assertThat(WorkspacePath.resolve(fresh, "x").path())
                .isEqualTo(fresh.toRealPath().resolve("x"));
    }

    @Test
    void namesAWorkspaceThatCannotBeMade() throws Exception {
        Path file = Files.writeString(workspace.resolve("file"), "");
        assertThatThrownBy(() -> WorkspacePath.resolve(file.resolve("below"), "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Expected the workspace");
    }
}
