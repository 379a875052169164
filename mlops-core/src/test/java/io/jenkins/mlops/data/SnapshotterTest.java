package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotterTest {
    private static final SnapshotOptions OPTIONS = SnapshotOptions.of("churn");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path temporary;

    private Path data;
    private Path cache;

    @BeforeEach
    void makeFolder() throws IOException {
        data = Files.createDirectories(temporary.resolve("data"));
        cache = temporary.resolve("state/digests");
    }

    @Test
    void aSingleFileHasTheDigestThatSha256sumPrints() throws Exception {
        Path file = file("train.csv", "id,y\n1,0\n2,1\n");
        SnapshotResult result = new Snapshotter().snapshot(file, OPTIONS);
        DatasetSnapshot snapshot = result.snapshot();
        assertThat(snapshot.digest()).isEqualTo("sha256:" + sha256(Files.readAllBytes(file)));
        assertThat(snapshot.algorithm()).isEqualTo("sha256");
        assertThat(snapshot.files()).isEqualTo(1);
        assertThat(snapshot.bytes()).isEqualTo(13);
        assertThat(snapshot.format()).isEqualTo(DataFormat.CSV);
        assertThat(snapshot.profile().rows()).isEqualTo(2);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void aFolderHasTheDigestOfItsManifest() throws Exception {
        file("b/x.csv", "a\n1\n");
        file("a.csv", "a\n2\n");
        file("README.md", "hello");
        SnapshotResult result = new Snapshotter().snapshot(data, OPTIONS);
        String text = "mlops-manifest-v1\n"
                + "sha256 " + sha256("hello") + " 5 README.md\n"
                + "sha256 " + sha256("a\n2\n") + " 4 a.csv\n"
                + "sha256 " + sha256("a\n1\n") + " 4 b/x.csv\n";
        assertThat(new String(result.manifest().toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(result.snapshot().digest()).isEqualTo("sha256:" + sha256(text));
        assertThat(result.snapshot().algorithm()).isEqualTo("manifest-v1");
        assertThat(result.snapshot().format()).isEqualTo(DataFormat.CSV);
        assertThat(result.snapshot().profile().rows()).isEqualTo(2);
    }

    @Test
    void neitherTimeNorPlaceNorNumberOfReadersChangesTheDigest() throws Exception {
        for (int i = 0; i < 50; i++) {
            file("f" + i + "/x", "content " + i);
        }
        String digest = new Snapshotter().snapshot(data, OPTIONS).snapshot().digest();
        Path moved = Files.move(data, temporary.resolve("elsewhere"));
        Files.setLastModifiedTime(moved.resolve("f1/x"), FileTime.from(LONG_AGO));
        assertThat(new Snapshotter()
                        .snapshot(moved, OPTIONS.withReaders(1))
                        .snapshot()
                        .digest())
                .isEqualTo(digest);
        assertThat(new Snapshotter()
                        .snapshot(moved, OPTIONS.withReaders(7))
                        .snapshot()
                        .digest())
                .isEqualTo(digest);
        Files.writeString(moved.resolve("f1/x"), "content X");
        assertThat(new Snapshotter().snapshot(moved, OPTIONS).snapshot().digest())
                .isNotEqualTo(digest);
    }

    @Test
    void aLargeFileHasTheTreeDigest() throws Exception {
        Path file = data.resolve("large.bin");
        long size = DigestAlgorithm.PLAIN_LIMIT + 5;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
            out.seek(size - 3);
            out.write(7);
        }
        DatasetSnapshot snapshot = new Snapshotter().snapshot(file, OPTIONS).snapshot();
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        expected.update(("mlops-sha256-tree-4m\n" + size + "\n").getBytes(StandardCharsets.US_ASCII));
        byte[] zeros = MessageDigest.getInstance("SHA-256").digest(new byte[4 << 20]);
        for (int i = 0; i < 16; i++) {
            expected.update(zeros);
        }
        expected.update(MessageDigest.getInstance("SHA-256").digest(new byte[] {0, 0, 7, 0, 0}));
        assertThat(snapshot.digest()).isEqualTo("sha256:" + HexFormat.of().formatHex(expected.digest()));
        assertThat(snapshot.algorithm()).isEqualTo("sha256-tree-4m");
        assertThat(snapshot.format()).isEqualTo(DataFormat.OTHER);
        assertThat(snapshot.profile()).isNull();
    }

    @Test
    void unchangedFilesAreNotReadAgain() throws Exception {
        old(file("a.csv", "x\n1\n"));
        old(file("b.csv", "x\n2\n"));
        SnapshotResult first = new Snapshotter(cache).snapshot(data, OPTIONS);
        assertThat(first.bytesRead()).isEqualTo(2 * 8); // to digest and to profile
        SnapshotResult second = new Snapshotter(cache).snapshot(data, OPTIONS);
        assertThat(second.bytesRead()).isZero();
        assertThat(second.filesRead()).isZero();
        assertThat(second.filesReused()).isEqualTo(2);
        assertThat(second.snapshot()).isEqualTo(first.snapshot());
        old(file("b.csv", "x\n23\n"));
        SnapshotResult third = new Snapshotter(cache).snapshot(data, OPTIONS.withProfile(false));
        assertThat(third.bytesRead()).isEqualTo(5);
        assertThat(third.snapshot().digest()).isNotEqualTo(first.snapshot().digest());
    }

    @Test
    void aFileAsYoungAsItsLastSnapshotIsReadAgain() throws Exception {
        Path file = file("a.bin", "one");
        Instant tick = Instant.parse("2026-01-01T12:00:00Z");
        Files.setLastModifiedTime(file, FileTime.from(tick));
        Snapshotter inTheSameTick = new Snapshotter(cache, Clock.fixed(tick.plusMillis(900), ZoneOffset.UTC));
        String one = inTheSameTick.snapshot(file, OPTIONS).snapshot().digest();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(tick));
        SnapshotResult again = inTheSameTick.snapshot(file, OPTIONS);
        assertThat(again.bytesRead()).isEqualTo(3);
        assertThat(again.snapshot().digest()).isNotEqualTo(one);
        Snapshotter later = new Snapshotter(cache, Clock.fixed(tick.plusSeconds(10), ZoneOffset.UTC));
        assertThat(later.snapshot(file, OPTIONS).bytesRead()).isEqualTo(3);
        assertThat(later.snapshot(file, OPTIONS).bytesRead()).isZero();
    }

    @Test
    void aReplacedFileOfTheSameSizeAndTimeIsReadAgain() throws Exception {
        Path file = old(file("a.bin", "one"));
        new Snapshotter(cache).snapshot(data, OPTIONS);
        Path other = old(file("b.tmp", "two"));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(new Snapshotter(cache).snapshot(data, OPTIONS).bytesRead()).isEqualTo(3);
    }

    @Test
    void aDamagedCacheIsOnlyForgotten() throws Exception {
        old(file("a.csv", "x\n1\n"));
        String digest =
                new Snapshotter(cache).snapshot(data, OPTIONS).snapshot().digest();
        byte[] good = Files.readAllBytes(cache);
        for (int i = 0; i < good.length; i += 29) {
            byte[] flipped = good.clone();
            flipped[i] ^= 1;
            Files.write(cache, flipped);
            SnapshotResult result = new Snapshotter(cache).snapshot(data, OPTIONS);
            assertThat(result.snapshot().digest()).isEqualTo(digest);
            assertThat(result.bytesRead()).isEqualTo(8);
            assertThat(result.warnings()).singleElement().asString().contains("damaged");
            Files.write(cache, java.util.Arrays.copyOf(good, i));
            assertThat(new Snapshotter(cache).snapshot(data, OPTIONS).snapshot().digest())
                    .isEqualTo(digest);
        }
        assertThat(new Snapshotter(cache).snapshot(data, OPTIONS).bytesRead()).isZero();
        assertThat(Files.list(cache.getParent())).containsExactly(cache);
    }

    @Test
    void aCacheThatCannotBeKeptIsOnlyAWarning() throws Exception {
        old(file("a.csv", "x\n1\n"));
        Path noFolder = Files.writeString(temporary.resolve("file"), "x");
        SnapshotResult result = new Snapshotter(noFolder.resolve("digests")).snapshot(data, OPTIONS);
        assertThat(result.snapshot().files()).isEqualTo(1);
        assertThat(result.warnings()).last().asString().contains("could not be written");
        assertThat(new Snapshotter(temporary).snapshot(data, OPTIONS).warnings())
                .isNotEmpty();
        assertThatThrownBy(() -> new Snapshotter(data.resolve("digests")).snapshot(data, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("outside of the data");
    }

    @Test
    void linksWithinTheFolderAreFollowed() throws Exception {
        file("real/x.bin", "x");
        Files.createSymbolicLink(data.resolve("link.bin"), Path.of("real/x.bin"));
        Files.createSymbolicLink(data.resolve("twin"), Path.of("real"));
        SnapshotResult result = new Snapshotter().snapshot(data, OPTIONS);
        assertThat(result.manifest().entries())
                .extracting(FileEntry::path)
                .containsExactly("link.bin", "real/x.bin", "twin/x.bin");
    }

    @Test
    void linksThatLeaveOrLoopAreRefused() throws Exception {
        file("x.bin", "x");
        Path secret = Files.writeString(temporary.resolve("secret"), "s");
        refused("out", secret, "out of it");
        refused("outFolder", temporary, "out of it");
        refused("nowhere", Path.of("absent"), "leads nowhere");
        refused("self", Path.of("self"), "loop");
        refused("here", Path.of("."), "loop");
        Files.createDirectories(data.resolve("a"));
        refused("a/up", Path.of("../a"), "loop");
        Files.createDirectories(data.resolve("b"));
        Files.createSymbolicLink(data.resolve("b/toA"), Path.of("../a"));
        refused("a/toB", Path.of("../b"), "loop");
    }

    private void refused(String name, Path target, String why) throws IOException {
        Path link = Files.createSymbolicLink(data.resolve(name), target);
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(data.toString());
        Files.delete(link);
    }

    @Test
    void specialFilesAreRefused() throws Exception {
        Path pipe = data.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("special file");
        assertThatThrownBy(() -> new Snapshotter().snapshot(pipe, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("special file");
    }

    @Test
    void missingAndEmptyDataIsRefused() {
        assertThatThrownBy(() -> new Snapshotter().snapshot(data.resolve("absent"), OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found nothing");
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found no file in it");
    }

    @Test
    void aFileThatChangesMeanwhileIsNoticed() throws Exception {
        Path file = file("x.bin", "four");
        FileDigester digester = new FileDigester();
        assertThatThrownBy(() -> digester.digest(file, 5))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected 5 bytes, found 4");
        // Written to in the moment between the walk and the reading.
        Path late = file("late.bin", "one");
        Snapshotter slow = new Snapshotter(cache, new Clock() {
            @Override
            public Instant instant() {
                try {
                    Files.writeString(late, "two");
                    Files.setLastModifiedTime(late, FileTime.from(LONG_AGO));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return Instant.now();
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
        assertThatThrownBy(() -> slow.snapshot(data, OPTIONS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("late.bin changed while it was read");
    }

    @Test
    void excludesAndLimitsHold() throws Exception {
        file(".git/config", "x");
        file("a/b.tmp", "x");
        file("a/b.csv", "x\n1\n");
        SnapshotResult result = new Snapshotter().snapshot(data, OPTIONS.withExcludes(List.of(".git", "**/*.tmp")));
        assertThat(result.manifest().entries()).extracting(FileEntry::path).containsExactly("a/b.csv");
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS.withMaxFiles(2)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("limit maxFiles");
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS.withExcludes(List.of("{"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("glob");
    }

    @Test
    void tablesOfDifferentColumnsHaveNoProfile() throws Exception {
        file("a.csv", "x\n1\n");
        file("b.csv", "y\n1\n");
        SnapshotResult result = new Snapshotter().snapshot(data, OPTIONS);
        assertThat(result.snapshot().profile()).isNull();
        assertThat(result.warnings()).singleElement().asString().contains("differ");
    }

    @Test
    void anInterruptEndsTheWork() throws Exception {
        for (int i = 0; i < 100; i++) {
            file("f" + i, "x");
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new Snapshotter().snapshot(data, OPTIONS)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void resultsSurviveSerialisation() throws Exception {
        file("a.csv", "x,y\n1,a\n2,b\n");
        SnapshotResult result = new Snapshotter().snapshot(data, OPTIONS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(result);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(result);
        }
    }

    private Path file(String name, String content) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toEpochMilli(), TimeUnit.MILLISECONDS));
    }

    private static String sha256(String text) throws Exception {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
