package io.jenkins.mlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "/a/b: No space left on device",
                "Disk quota exceeded",
                "There is not enough space on the disk"
            })
    void knowsAFullDiskByWhatSystemsSay(String said) {
        IOException failure = new IOException("remote", new UncheckedIOException(new IOException(said)));

        assertThat(WriteFailure.isDiskFull(failure)).isTrue();
        assertThat(WriteFailure.explain("the evaluation", "/builds/1", new IOException(said)))
                .isEqualTo("Could not write the evaluation to /builds/1: the disk is full (" + said
                        + "). Make room there and run the build again.");
    }

    @Test
    void knowsARealFullDevice() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "/dev/full is only on Linux");
        IOException failure = null;
        try (OutputStream out = Files.newOutputStream(full)) {
            out.write(1);
        } catch (IOException x) {
            failure = x;
        }

        assertThat(WriteFailure.isDiskFull(failure)).isTrue();
    }

    @Test
    void saysWhatOtherFailuresAre() {
        assertThat(WriteFailure.explain("it", "/x", new AccessDeniedException("/x/y")))
                .contains("access to /x/y is denied")
                .contains("Check space and rights there");
        assertThat(WriteFailure.explain("it", "/x", new FileAlreadyExistsException("/x")))
                .contains("FileAlreadyExists /x");
        assertThat(WriteFailure.explain("it", "/x", new FileSystemException("/x", null, "Read-only file system")))
                .contains("Read-only file system");
        assertThat(WriteFailure.isDiskFull(new IOException())).isFalse();
        assertThat(WriteFailure.isDiskFull(null)).isFalse();
    }
}
