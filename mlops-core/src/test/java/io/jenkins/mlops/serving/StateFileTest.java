package io.jenkins.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    @TempDir
    private Path folder;

    @Test
    void cutAtEveryByteIsRefused() throws Exception {
        Path file = folder.resolve("x.json");
        StateFile.write(file, Map.of("release", "r1", "text", "a \"quoted\" \\ line\nand ü \uD83D\uDE00"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> StateFile.read(file))
                    .as("cut at byte " + length)
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void anyBitFlipIsReadDifferentlyOrRefused() throws Exception {
        Path file = folder.resolve("x.json");
        StateFile.write(file, Map.of("a", "b"));
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            try {
                StateFile.read(file);
            } catch (java.io.IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void otherJsonIsRefusedByName() throws Exception {
        Path file = folder.resolve("x.json");
        for (String text : new String[] {
            "",
            "null",
            "[]",
            "{\"a\":1}",
            "{\"a\":{}}",
            "{\"a\":\"b\",}",
            "{\"a\":\"b\"}x",
            "{\"a\":\"\\q\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\\u12xy\"}",
            "{a:\"b\"}"
        }) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> StateFile.read(file))
                    .as(text)
                    .isInstanceOf(ServingException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, "{\"a\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> StateFile.read(file)).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void missingFileIsNothing() throws Exception {
        assertThat(StateFile.read(folder.resolve("missing.json"))).isEmpty();
    }

    @Test
    void failedWriteLeavesTheOldFileAndNoRest() throws Exception {
        Path file = folder.resolve("sub/x.json");
        StateFile.write(file, Map.of("a", "old"));
        // A folder in the way of a file: no user, not even root, can write through it.
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file");
        assertThatThrownBy(() -> StateFile.write(blocked.resolve("x.json"), Map.of()))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("couldn't be written");
        assertThat(StateFile.read(file).orElseThrow()).containsEntry("a", "old");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void ownerAloneMayRead() throws Exception {
        Path file = folder.resolve("state/x.json");
        StateFile.write(file, Map.of());
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }
}
