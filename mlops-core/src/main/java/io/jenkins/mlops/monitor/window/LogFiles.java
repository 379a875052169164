package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which log files there are, and how far each of them was read: under whatever name it now has. */
final class LogFiles {
    /**
     * A file to read.
     *
     * @param from where to begin
     * @param seen up to where everything was seen before
     */
    record Part(LogFile file, long from, long seen) {}

    private final LogPlace place;
    private final LogSource source;
    private final ReadingLimits limits;
    private final List<String> notes;

    LogFiles(LogPlace place, LogSource source, ReadingLimits limits, List<String> notes) {
        this.place = place;
        this.source = source;
        this.limits = limits;
        this.notes = notes;
    }

    /** The files in the order in which they are read: those known before first, then new ones, the oldest first. */
    List<Part> parts(List<LogPosition> positions) throws IOException {
        Map<String, LogFile> found = found();
        Map<LogPosition, LogFile> known = new LinkedHashMap<>();
        Set<LogFile> taken = new LinkedHashSet<>();
        for (LogPosition position : positions) {
            LogFile same = found.get(position.path());
            if (same != null && same.begins(position)) {
                known.put(position, same);
                taken.add(same);
            }
        }
        for (LogPosition position : positions) {
            if (!known.containsKey(position)) {
                follow(position, found, known, taken);
            }
        }
        List<Part> parts = new ArrayList<>();
        known.forEach((position, file) -> parts.add(part(position, file)));
        for (LogFile file : found.values()) {
            if (!taken.contains(file) && !isCopy(file, known)) {
                parts.add(new Part(file, file.dataStart(), file.dataStart()));
            }
        }
        return parts;
    }

    /** A file that is not where it was: renamed by a rotation, written anew, or gone. */
    private void follow(
            LogPosition position, Map<String, LogFile> found, Map<LogPosition, LogFile> known, Set<LogFile> taken) {
        for (LogFile file : found.values()) {
            if (position.headBytes() > 0 && !taken.contains(file) && file.begins(position)) {
                known.put(position, file);
                taken.add(file);
                return;
            }
        }
        if (found.containsKey(position.path())) {
            notes.add("The file " + position.path() + " was written anew or replaced; it is read from its beginning.");
        } else if (position.from() < position.seen()) {
            notes.add("The file " + position.path()
                    + " has vanished; rows of windows that were still open went with it.");
        } else {
            notes.add("The file " + position.path() + " has vanished; all that was seen of it is counted.");
        }
    }

    private Part part(LogPosition position, LogFile file) {
        boolean sized = !file.packed() && file.format() != DataFormat.PARQUET;
        if (sized && file.size() < position.seen()) {
            notes.add(
                    "The file " + file.path() + " was cut from " + position.seen() + " to " + file.size() + " bytes.");
            return new Part(file, Math.min(position.from(), file.size()), file.size());
        }
        return new Part(file, Math.max(position.from(), file.dataStart()), position.seen());
    }

    /** The same content under a second name, as a rotation that copies makes it, or one that packs. */
    private boolean isCopy(LogFile file, Map<LogPosition, LogFile> known) {
        for (Map.Entry<LogPosition, LogFile> entry : known.entrySet()) {
            if (LogFile.telling(entry.getKey()) && file.begins(entry.getKey())) {
                notes.add("The file " + file.path() + " has the content of "
                        + entry.getValue().path() + "; it is not read twice.");
                return true;
            }
        }
        return false;
    }

    private Map<String, LogFile> found() throws IOException {
        List<LogFile> files = new ArrayList<>();
        int unread = 0;
        for (LogPlace.Found found : place.files(source, notes)) {
            try {
                LogFile log = LogFile.at(found, source.format(), limits.lineBytes());
                if (log.format() == DataFormat.OTHER) {
                    unread++;
                } else if (log.withoutHeader()) {
                    notes.add("The file " + found.path() + " has no header line; it is passed over.");
                } else {
                    files.add(log);
                }
            } catch (NoSuchFileException e) {
                notes.add("The file " + found.path() + " went away while it was looked at.");
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                notes.add("The file " + found.path() + " is no whole gzip file; it is passed over until it is.");
            }
        }
        if (unread > 0) {
            notes.add(unread + " files are neither CSV, JSON Lines nor Parquet by their names; they are passed over.");
        }
        files.sort(Comparator.comparingLong(LogFile::modified).thenComparing(LogFile::path));
        Map<String, LogFile> byPath = new LinkedHashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        return byPath;
    }
}
