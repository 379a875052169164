package io.jenkins.plugins.mlops.monitor.watch;

import io.jenkins.mlops.monitor.recorder.RecordedLog;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.webhook.PredictionFormat.Predictions;
import io.jenkins.mlops.webhook.SeenEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The predictions that were sent to the recorder: a folder in Jenkins' home for each monitor, of {@value #FILES} files of
 * {@value #FILE_BYTES} bytes at most, where the monitor's looks find them.
 */
public final class Recordings {
    /** The files of a folder that are logs. */
    public static final String PATTERN = "*.jsonl";

    static final int FILES = 16;
    static final long FILE_BYTES = 32L << 20;
    private static final long SPARED = 256L << 20;
    private static final String SEEN = "seen.txt";

    /** One writer of a folder at a time. */
    private static final List<Object> LOCKS =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toList();

    private Recordings() {}

    /** Where a monitor's recorded predictions are; there need not be any. */
    public static Path folder(String monitor) {
        return Jenkins.get().getRootDir().toPath().resolve("mlops-recorded").resolve(Ledger.sha256(monitor));
    }

    /**
     * Records predictions, unless they were before.
     *
     * @return how many rows; all of them are on disk
     * @throws IOException if they can't be written; none of them is kept, and they are to be sent again
     */
    public static int record(String monitor, Predictions predictions, long nowMillis) throws IOException {
        Path folder = folder(monitor);
        synchronized (lock(folder)) {
            SeenEvents seen = predictions.key().isEmpty() ? new SeenEvents() : seen(folder);
            if (!predictions.key().isEmpty() && !seen.add(predictions.key(), nowMillis)) {
                return 0;
            }
            if (!predictions.lines().isEmpty()) {
                new RecordedLog(folder, FILE_BYTES, FILES, SPARED).append(predictions.lines());
                if (!predictions.key().isEmpty()) {
                    remember(folder, seen);
                }
            }
            return predictions.lines().size();
        }
    }

    private static Object lock(Path folder) {
        return LOCKS.get(Math.floorMod(folder.hashCode(), LOCKS.size()));
    }

    private static SeenEvents seen(Path folder) throws IOException {
        Path file = folder.resolve(SEEN);
        if (!Files.exists(file)) {
            return new SeenEvents();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        return SeenEvents.read(lines.subList(Math.max(0, lines.size() - SeenEvents.MOST), lines.size()));
    }

    /** Notes the youngest one at the end; the file is written anew when half of it is forgotten. */
    private static void remember(Path folder, SeenEvents seen) throws IOException {
        Path file = folder.resolve(SEEN);
        List<String> lines = seen.lines();
        String youngest = lines.get(lines.size() - 1) + "\n";
        if (Files.exists(file) && Files.size(file) < 2L * SeenEvents.MOST * youngest.length()) {
            Files.writeString(file, youngest, StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        } else {
            Path anew = folder.resolve("seen.tmp");
            Files.write(anew, lines, StandardCharsets.US_ASCII);
            Files.move(anew, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what was recorded for a monitor. */
    public static void delete(String monitor) throws IOException {
        Path folder = folder(monitor);
        synchronized (lock(folder)) {
            if (!Files.isDirectory(folder)) {
                return;
            }
            List<Path> files;
            try (Stream<Path> all = Files.list(folder)) {
                files = all.toList();
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        }
    }
}
