package io.jenkins.mlops.monitor.trigger;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps one {@link Watch} in a file, replaced as a whole and written through to the disk.
 *
 * @param file the file
 */
public record WatchFile(Path file) {
    private static final int MAX_BYTES = 64 * 1024;

    /** What stands in the file; empty if there is none. */
    public Optional<Watch> read() throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException(file + " has more than " + MAX_BYTES + " bytes and is no record of a watch;"
                        + " delete it to begin anew");
            }
            return Optional.of(Json.read(Files.readString(file, StandardCharsets.UTF_8), Watch.class));
        } catch (NoSuchFileException x) {
            return Optional.empty();
        } catch (JsonException x) {
            throw new IOException(
                    file + " is damaged: " + x.getMessage()
                            + "; delete it to begin anew, which takes the data as it is",
                    x);
        }
    }

    /** Replaces the file, or leaves it as it was. */
    public void write(Watch watch) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file in a folder");
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(Json.write(watch));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException x) {
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
