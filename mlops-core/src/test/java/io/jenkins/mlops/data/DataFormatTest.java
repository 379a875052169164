package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFormatTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "train.csv, CSV",
        "TRAIN.CSV, CSV",
        "a/b.c/x.tsv, CSV",
        "x.csv.gz, CSV",
        "x.jsonl, JSON_LINES",
        "a-very-long-name-of-a-file.jsonlines.gz, JSON_LINES",
        "x.ndjson, JSON_LINES",
        "x.parquet, PARQUET",
        "x.pq, PARQUET",
        "x.parquet.gz, OTHER",
        "csv, OTHER",
        "x.json, OTHER",
        "x.txt, OTHER",
        "x.gz, OTHER"
    })
    void isToldByTheEnding(String name, DataFormat expected) {
        assertThat(DataFormat.ofFileName(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/..", "./a", "a/./b", "../a", "a/../b", "a\0"})
    void entriesRefusePathsThatClimb(String path) {
        assertThatThrownBy(() -> new FileEntry(path, 1, DigestAlgorithm.SHA256, DIGEST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", "a..", "..a", ".a", "a/b", ".../..a", "a b", "-"})
    void entriesTakeOrdinaryPaths(String path) {
        assertThat(new FileEntry(path, 1, DigestAlgorithm.SHA256, DIGEST).hex()).hasSize(64);
    }

    /** What an agent sends is checked when it is read: deserialising a record runs its constructor. */
    @Test
    void valuesOfAForgerAreRefused() {
        List<Runnable> forgeries = List.of(
                () -> new FileEntry("a", -1, DigestAlgorithm.SHA256, DIGEST),
                () -> new FileEntry("a", 1, DigestAlgorithm.SHA256_TREE_4M, DIGEST),
                () -> new FileEntry("a", 1, DigestAlgorithm.MANIFEST_V1, DIGEST),
                () -> new FileEntry("a", 1, DigestAlgorithm.SHA256, "sha256:" + "0A".repeat(32)),
                () -> new FileEntry("a", 1, DigestAlgorithm.SHA256, "md5:00"),
                () -> new FileEntry("a", 1, DigestAlgorithm.SHA256, null),
                () -> new FileEntry("x".repeat(5000), 1, DigestAlgorithm.SHA256, DIGEST),
                () -> snapshot("", DIGEST, "sha256", 1, List.of()),
                () -> snapshot("n", "x", "sha256", 1, List.of()),
                () -> snapshot("n", DIGEST, "md5", 1, List.of()),
                () -> snapshot("n", DIGEST, "sha256", -1, List.of()),
                () -> snapshot("n", DIGEST, "sha256", 1, null),
                () -> snapshot("n", DIGEST, "sha256", 1, Collections.nCopies(1001, external())),
                () -> snapshot("n", DIGEST, "sha256", 1, new ArrayList<>(Collections.singletonList(null))),
                () -> new ExternalDigest("dvc", "p", "no-colon", 1),
                () -> new ExternalDigest("dvc", "p", "md5:x", -2),
                () -> new ValueCount("v", 1, 2),
                () -> new ValueCount("v".repeat(1001), 1, 0),
                () -> new DataProfile(-1, List.of()),
                () -> new NumberSummary(1, 0, 0, 0, 0, 0, List.of(), 0),
                () -> new NumberSummary(0, 0, 0, 0, 0, 0, List.of(1.0), 0),
                () -> new ColumnProfile("c", null, 0, 0, true, null, -1, -1, List.of()),
                () -> new ColumnProfile("c", ColumnType.TEXT, 0, 0, true, null, 5, 2, List.of()),
                () -> new ColumnProfile("c".repeat(1001), ColumnType.TEXT, 0, 0, true, null, 1, 2, List.of()),
                () -> SnapshotOptions.of("n").withReaders(0),
                () -> SnapshotOptions.of("n").withReaders(65),
                () -> SnapshotOptions.of("n").withMaxFiles(0),
                () -> SnapshotOptions.of("n").withExcludes(null),
                () -> new Manifest(null));
        for (int i = 0; i < forgeries.size(); i++) {
            Runnable forgery = forgeries.get(i);
            assertThatThrownBy(forgery::run)
                    .as("forgery " + i)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Expected ");
        }
    }

    private static DatasetSnapshot snapshot(
            String name, String digest, String algorithm, long files, List<ExternalDigest> external) {
        return new DatasetSnapshot(name, digest, algorithm, files, 1, DataFormat.CSV, null, external);
    }

    private static ExternalDigest external() {
        return new ExternalDigest("dvc", "p", "md5:x", 1);
    }
}
