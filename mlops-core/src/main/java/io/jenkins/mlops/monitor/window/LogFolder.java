package io.jenkins.mlops.monitor.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The log files below a folder of this machine, which others are still writing. */
final class LogFolder implements LogPlace {
    private static final int DEPTH = 16;

    private final Path folder;

    LogFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<Found> files(LogSource source, List<String> notes) throws IOException {
        if (!Files.isDirectory(folder)) {
            notes.add("The folder of the logs isn't there.");
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (Path file : walked(source.matcher())) {
            try {
                found.add(found(folder.relativize(file).toString(), file));
            } catch (NoSuchFileException e) {
                notes.add("The file " + file.getFileName() + " went away while it was looked at.");
            }
        }
        return found;
    }

    /** A file under a name. */
    static Found found(String name, Path file) throws IOException {
        return new Found(
                name.replace('\\', '/'), file, Files.getLastModifiedTime(file).toMillis(), false);
    }

    private List<Path> walked(PathMatcher matcher) throws IOException {
        // Links are not followed: what is below the folder is read, and nothing else.
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            List<Path> files = all.filter(file -> matcher.matches(folder.relativize(file)))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(ReadingState.FILES + 1L)
                    .toList();
            if (files.size() > ReadingState.FILES) {
                throw new IOException("Expected at most " + ReadingState.FILES + " log files below " + folder
                        + ", found more. Name fewer by the pattern, or remove old ones.");
            }
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
