package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DvcTest {
    private static final String MD5 = "22a1a2931c8370d3aeedd7183606fd7f";
    private static final String DIR = "153aad06d376b6595932470e459ef42a.dir";
    private static final SnapshotOptions OPTIONS = SnapshotOptions.of("x").withProfile(false);

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void makeRepository() throws IOException {
        Files.createDirectories(folder.resolve(".dvc"));
        data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("data.xml"), "<x/>");
    }

    @Test
    void recordsAFileBesideTheData() throws IOException {
        Files.writeString(data.resolve("data.xml.dvc"), """
                outs:
                - md5: 22a1a2931c8370d3aeedd7183606fd7f
                  size: 4
                  hash: md5
                  path: data.xml
                """);
        SnapshotResult result = snapshot(data.resolve("data.xml"));
        assertThat(result.snapshot().externalDigests())
                .containsExactly(new ExternalDigest("dvc", "data.xml", "md5:" + MD5, 4));
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void recordsStagesOfALockFileFurtherUp() throws IOException {
        Files.createDirectories(data.resolve("prepared"));
        Files.writeString(data.resolve("prepared/train.tsv"), "a\tb\n");
        Files.writeString(folder.resolve("dvc.lock"), """
                schema: '2.0'
                stages:
                  prepare:
                    cmd: python src/prepare.py data/data.xml
                      --seed 1
                    deps:
                    - path: data/data.xml
                      hash: md5
                      md5: 22a1a2931c8370d3aeedd7183606fd7f
                      size: 14445097
                    - path: src/prepare.py   # a comment
                      md5: f09ea0c15980b43010257ccb9f0055e2
                      size: 1576
                    params:
                      params.yaml:
                        prepare.seed: 20170428
                        prepare.list: []
                    outs:
                    - path: data/prepared
                      hash: md5
                      md5: 153aad06d376b6595932470e459ef42a.dir
                      size: 4
                      nfiles: 1
                  "quoted: stage":
                    cmd:
                      - one
                      - 'it''s'
                    outs: []
                """);
        SnapshotResult prepared = snapshot(data.resolve("prepared"));
        assertThat(prepared.snapshot().externalDigests())
                .containsExactly(new ExternalDigest("dvc", "prepared", "md5:" + DIR, 4));
        assertThat(prepared.warnings()).isEmpty();
        SnapshotResult all = snapshot(data);
        assertThat(all.snapshot().externalDigests())
                .extracting(ExternalDigest::path)
                .containsExactlyInAnyOrder("data/prepared", "data/data.xml");
    }

    @Test
    void warnsOfARecordOfAnotherState() throws IOException {
        Files.writeString(
                folder.resolve("data.dvc"), "outs:\n- md5: " + DIR + "\n  size: 999\n  nfiles: 3\n  path: data\n");
        SnapshotResult result = snapshot(data);
        assertThat(result.snapshot().externalDigests())
                .containsExactly(new ExternalDigest("dvc", "data", "md5:" + DIR, 999));
        assertThat(result.warnings()).singleElement().asString().contains("another state");
    }

    @Test
    void knowsTheWorkingFolderAndTheOldestForm() throws IOException {
        Files.writeString(data.resolve("x.dvc"), "wdir: ..\nouts:\n- {}\n- md5: " + DIR + "\n  path: data\n");
        assertThat(snapshot(data).snapshot().externalDigests())
                .containsExactly(new ExternalDigest("dvc", "data", "md5:" + DIR, -1));
        Files.delete(data.resolve("x.dvc"));
        Files.writeString(folder.resolve("dvc.lock"), "train:\n  outs:\n  - path: data\n    md5: " + DIR + "\n");
        assertThat(snapshot(data).snapshot().externalDigests()).hasSize(1);
    }

    @Test
    void looksNotBeyondTheRepository() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("other/data"));
        Files.createDirectories(folder.resolve("other/.git"));
        Files.writeString(inner.resolve("x"), "x");
        Files.writeString(folder.resolve("dvc.lock"), "s:\n  outs:\n  - path: other/data\n    md5: " + DIR + "\n");
        assertThat(snapshot(inner).snapshot().externalDigests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outs: &anchor\n- md5: x\n",
                "outs: !!python/object x\n",
                "outs: {md5: x}\n",
                "outs: [1, 2]\n",
                "\tx: 1\n",
                "outs\n",
                "- a\n- b\n",
                "outs:\n- md5: zz\n  path: data\n",
                "outs: text\n",
                "outs:\n- text\n",
                "a: 1\n a: 2\n",
                "a: 1\na: 2\n",
                "a: 'x\n",
                "a: \"x\\n\"\n",
                "---\na: 1\n",
                "a:\n    b: 1\n  c: 2\n",
                "outs:\n- md5: 153aad06d376b6595932470e459ef42a\n  size: many\n  path: data\n",
                "\u0000",
                "? a\n: b\n",
                "outs:\n- md5: 153aad06d376b6595932470e459ef42a\n  size: -7\n  path: data\n"
            })
    void warnsOfWhatItDoesNotRecognise(String content) throws IOException {
        Files.writeString(folder.resolve("data.dvc"), content);
        SnapshotResult result = snapshot(data);
        assertThat(result.snapshot().externalDigests()).isEmpty();
        assertThat(result.warnings()).singleElement().asString().contains("not recognised as a DVC file");
    }

    @Test
    void warnsOfBytesAndDepthsBeyondSense() throws IOException {
        Files.write(folder.resolve("data.dvc"), new byte[] {(byte) 0xFF});
        assertThat(snapshot(data).warnings()).singleElement().asString().contains("UTF-8");
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            deep.append(" ".repeat(i)).append("a:\n");
        }
        Files.writeString(folder.resolve("data.dvc"), deep);
        assertThat(snapshot(data).warnings()).singleElement().asString().contains("levels");
        Files.write(folder.resolve("data.dvc"), new byte[5 << 20]);
        assertThat(snapshot(data).warnings()).singleElement().asString().contains("bytes");
    }

    @Test
    void pathsThatLeaveTheDataAreNotRecorded() throws IOException {
        Files.writeString(
                folder.resolve("data.dvc"),
                "outs:\n- md5: " + MD5 + "\n  path: ../../etc\n- md5: " + MD5 + "\n  path: /etc/passwd\n");
        SnapshotResult result = snapshot(data);
        assertThat(result.snapshot().externalDigests()).isEmpty();
        assertThat(result.warnings()).isEqualTo(List.of());
    }

    private static SnapshotResult snapshot(Path path) throws IOException {
        return new Snapshotter().snapshot(path, OPTIONS);
    }
}
