package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    @TempDir
    private Path folder;

    // The values are those of sha256sum and md5sum.
    @Test
    void digestsAFileByBothAlgorithmsInOneReading() throws Exception {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        FileDigests digests = FileDigests.of(file, FileDigests.SHA_256, FileDigests.MD5);

        assertThat(digests.bytes()).isEqualTo(3);
        assertThat(digests.hex(FileDigests.SHA_256))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(digests.hex(FileDigests.MD5)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    }

    @Test
    void anEmptyFileHasADigestToo() throws Exception {
        Path file = Files.createFile(folder.resolve("empty"));

        assertThat(FileDigests.of(file, FileDigests.MD5).hex(FileDigests.MD5))
                .isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(FileDigests.of(file, FileDigests.MD5).bytes()).isZero();
    }

    @Test
    void saysWhichFileIsMissingAndWhichDigestWasNotAskedFor() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> FileDigests.of(folder.resolve("none"), FileDigests.MD5))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> FileDigests.of(file, FileDigests.MD5).hex(FileDigests.SHA_256))
                .hasMessageContaining("SHA-256");
    }
}
