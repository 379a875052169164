package io.jenkins.mlops.monitor.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real git, over a repository on disk. */
class GitFileTest {
    private static final String LOCK = """
            schema: '2.0'
            stages:
              prepare:
                cmd: %s
                outs:
                - path: data/prepared
                  md5: %s.dir
                  size: 120
                  nfiles: 2
                - path: other
                  md5: f0000000000000000000000000000000
                  size: 7
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void repository() throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (java.io.IOException x) {
            installed = false;
        }
        assumeTrue(installed, "git is not installed");
        git("init", "--quiet", "--initial-branch=main", ".");
        commit("dvc repro", "a");
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private void commit(String cmd, String digit) throws Exception {
        Files.writeString(folder.resolve("dvc.lock"), LOCK.formatted(cmd, digit.repeat(32)));
        git("add", ".");
        git("commit", "--quiet", "-m", "x");
    }

    private DataState look(DataState before, String output) throws Exception {
        GitFile file = new GitFile("file://" + folder, "main", "dvc.lock");
        return WatchedDvc.state("dvc.lock", output, file.look(before == null ? "" : before.tag(), "", ""), before);
    }

    @Test
    void onlyAnotherDigestOfAnOutputIsAChange() throws Exception {
        DataState first = look(null, "data");
        assertThat(first.digest()).isEqualTo("md5:" + "a".repeat(32) + ".dir");
        assertThat(first.bytes()).isEqualTo(120);
        assertThat(look(first, "data")).isSameAs(first);
        commit("dvc repro --again", "a");
        DataState moved = look(first, "data");
        assertThat(moved.same(first)).isTrue();
        assertThat(moved.tag()).isNotEqualTo(first.tag());
        commit("dvc repro", "b");
        assertThat(look(moved, "data").same(first)).isFalse();
        assertThat(look(null, "").files()).isEqualTo(2);
        assertThatThrownBy(() -> look(null, "absent")).hasMessageContaining("names no output 'absent'");
    }

    @Test
    void tagsArePeeled() throws Exception {
        git("tag", "-a", "v1", "-m", "x");
        GitFile.Found atTag = new GitFile("file://" + folder, "v1", "dvc.lock").look("", "", "");
        GitFile.Found atBranch = new GitFile("file://" + folder, "main", "dvc.lock").look("", "", "");
        assertThat(atTag.commit()).isEqualTo(atBranch.commit());
        assertThat(new GitFile("file://" + folder, "v1", "dvc.lock")
                        .look(atTag.commit(), "", "")
                        .content())
                .isNull();
    }

    @Test
    void saysWhatGitSaid() {
        assertThatThrownBy(() -> new GitFile("file://" + folder, "absent", "dvc.lock").look("", "", ""))
                .hasMessageContaining("no branch and no tag 'absent'");
        assertThatThrownBy(() -> new GitFile("file://" + folder, "main", "no.dvc").look("", "", ""))
                .hasMessageContaining("git cat-file");
        assertThatThrownBy(() -> new GitFile("file://" + folder + "/nowhere", "main", "x").look("", "u", "geheim"))
                .hasMessageContaining("git ls-remote")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void readsDvcFilesOfOneOutput() throws Exception {
        byte[] content =
                ("outs:\n- md5: " + "c".repeat(32) + "\n  size: 5\n  hash: md5\n  path: train.csv\n").getBytes();
        DataState state = WatchedDvc.state("train.csv.dvc", "", new GitFile.Found("d".repeat(40), content), null);
        assertThat(state).isEqualTo(new DataState("md5:" + "c".repeat(32), 1, 5, -1, "d".repeat(40)));
        for (String broken : List.of("", "- a", "outs: 5", "outs: [{md5: x, path: y}]", "a: &b [*b]", "\t\tx")) {
            assertThatThrownBy(() ->
                            WatchedDvc.state("x.dvc", "", new GitFile.Found("d".repeat(40), broken.getBytes()), null))
                    .as(broken)
                    .isInstanceOfAny(IllegalArgumentException.class, java.io.IOException.class);
        }
    }

    @Test
    void refusesWhatGitCouldTakeForSomethingElse() {
        for (String url : List.of(
                "",
                "--upload-pack=touch /tmp/x",
                "ext::sh -c id",
                "-u",
                "fd::3",
                "host:path",
                "/etc",
                "http://a b",
                "git@host:-x",
                "https://x\n")) {
            assertThatThrownBy(() -> new GitFile(url, "main", "dvc.lock"))
                    .as(url)
                    .hasMessageContaining("address");
        }
        for (String ref : List.of("", "-x", "a b", "a..b", "--all", "a:b", "+a")) {
            assertThatThrownBy(() -> new GitFile("https://h/r", ref, "dvc.lock"))
                    .as(ref)
                    .hasMessageContaining("branch");
        }
        for (String path : List.of("", "/etc/passwd", "-x", "a:b", "a\nb")) {
            assertThatThrownBy(() -> new GitFile("https://h/r", "main", path))
                    .as(path)
                    .hasMessageContaining("path");
        }
    }
}
