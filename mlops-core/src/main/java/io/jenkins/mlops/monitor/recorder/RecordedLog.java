package io.jenkins.mlops.monitor.recorder;

import io.jenkins.mlops.monitor.Expect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A log of rows in a folder: JSON Lines in numbered files, of which the oldest go when there are too many.
 *
 * <p>What {@link #append} has returned for is on disk, whole. What it has thrown for, or what Jenkins ended in, is not
 * there: a line that was cut off is taken away before the next one is written. One object at a time writes to a folder.
 */
public final class RecordedLog {
    private static final Pattern NAME = Pattern.compile("predictions-(\\d{8})\\.jsonl");
    private static final int TAIL = 1 << 16;

    private final Path folder;
    private final long fileBytes;
    private final int files;
    private final long spared;

    /**
     * @param folder made when it isn't there
     * @param fileBytes a file that has as many bytes is followed by another one
     * @param files the most files, 2 or more
     * @param spared nothing is written while fewer bytes are free on the disk
     */
    public RecordedLog(Path folder, long fileBytes, int files, long spared) {
        Expect.that(fileBytes >= 1, "files of 1 byte or more", fileBytes);
        Expect.that(files >= 2 && files <= 10_000, "2 to 10000 files", files);
        this.folder = folder;
        this.fileBytes = fileBytes;
        this.files = files;
        this.spared = spared;
    }

    /**
     * Writes rows and waits until they are on disk.
     *
     * @param lines rows in JSON, each on one line
     * @throws IOException when they can't be written, or the disk is nearly full; then none of them is kept
     */
    public synchronized void append(List<String> lines) throws IOException {
        Files.createDirectories(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < spared) {
            throw new IOException("Expected at least " + (spared >> 20) + " MiB of free space where predictions are"
                    + " recorded, found " + (free >> 20) + " MiB: nothing is recorded until there is more.");
        }
        TreeMap<Long, Path> numbered = numbered();
        long number = numbered.isEmpty() ? 1 : numbered.lastKey();
        if (!numbered.isEmpty() && Files.size(numbered.lastEntry().getValue()) >= fileBytes) {
            number++;
        }
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            Expect.that(line.indexOf('\n') < 0 && line.indexOf('\r') < 0, "a row on one line", line);
            text.append(line).append('\n');
        }
        write(folder.resolve(String.format(Locale.ROOT, "predictions-%08d.jsonl", number)), text.toString());
        numbered = numbered();
        while (numbered.size() > files) {
            Files.delete(numbered.pollFirstEntry().getValue());
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long whole = whole(channel);
            channel.truncate(whole);
            channel.position(whole);
            try {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(whole);
                throw e;
            }
        }
    }

    /** Where the last whole line ends. */
    private static long whole(FileChannel channel) throws IOException {
        long end = channel.size();
        while (end > 0) {
            int length = (int) Math.min(TAIL, end);
            ByteBuffer tail = ByteBuffer.allocate(length);
            while (tail.hasRemaining() && channel.read(tail, end - length + tail.position()) >= 0) {
                continue;
            }
            for (int i = length - 1; i >= 0; i--) {
                if (tail.get(i) == '\n') {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return 0;
    }

    private TreeMap<Long, Path> numbered() throws IOException {
        TreeMap<Long, Path> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(file -> {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    found.put(Long.parseLong(name.group(1)), file);
                }
            });
        }
        return found;
    }
}
