package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes snapshots of datasets: digests every file, profiles the tables, notes what DVC recorded.
 *
 * <p>With a cache, files that have not changed since an earlier snapshot are not read again, neither for the digest nor
 * for the profile.
 */
public final class Snapshotter {
    private static final int MAX_WARNINGS = 100;
    private static final int MAX_WARNING_LENGTH = 10_000;

    @CheckForNull
    private final Path cacheFile;

    private final Clock clock;

    /** Takes snapshots without a cache: every file is read. */
    public Snapshotter() {
        this(null, Clock.systemUTC());
    }

    /** Takes snapshots with a cache, which need not exist; it should stand outside the data. */
    public Snapshotter(Path cacheFile) {
        this(cacheFile, Clock.systemUTC());
    }

    Snapshotter(@CheckForNull Path cacheFile, Clock clock) {
        this.cacheFile = cacheFile;
        this.clock = clock;
    }

    /**
     * Takes a snapshot.
     *
     * @param fileOrFolder a file, or a folder with at least one file in it; confine a user's path with {@link
     *     WorkspacePath} first
     * @throws DataException when there is no data, a link leaves the folder, a file is special or changes meanwhile, or
     *     a table that is to be profiled is malformed
     */
    public SnapshotResult snapshot(Path fileOrFolder, SnapshotOptions options) throws IOException {
        try {
            return take(fileOrFolder, options);
        } catch (ClosedByInterruptException e) {
            throw Parallel.interrupted(e);
        }
    }

    private SnapshotResult take(Path fileOrFolder, SnapshotOptions options) throws IOException {
        Path path = fileOrFolder.toAbsolutePath().normalize();
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new DataException(path + ": expected a file or a folder, found nothing. Check the path.", e);
        }
        boolean single = attributes.isRegularFile();
        if (!single && !attributes.isDirectory()) {
            throw FolderWalk.special(path);
        }
        if (cacheFile != null && cacheFile.toAbsolutePath().normalize().startsWith(path)) {
            throw new DataException(cacheFile + ": expected the digest cache outside of the data, found it in " + path
                    + ": it would change with each snapshot. Name another place for it.");
        }
        List<String> warnings = new ArrayList<>();
        List<FoundFile> files = single
                ? List.of(new FoundFile(path, String.valueOf(path.getFileName()), FoundFile.State.of(attributes)))
                : new FolderWalk(path, options).files();
        if (files.isEmpty()) {
            throw new DataException(path + ": expected a folder with data, found no file in it. Check the path.");
        }
        DigestCache cache = cacheFile == null ? null : DigestCache.load(cacheFile, warnings);
        Run run = new Run(files, options, cache);
        Manifest manifest = run.digest();
        DataFormat format = format(files, options);
        String digest = single ? manifest.entries().get(0).digest() : manifest.digest();
        DigestAlgorithm algorithm = single ? manifest.entries().get(0).algorithm() : DigestAlgorithm.MANIFEST_V1;
        DataProfile profile = options.profile() && format != DataFormat.OTHER
                ? run.profile(format, algorithm.id() + " " + digest, warnings)
                : null;
        if (cache != null) {
            cache.forgetOthers(path);
            save(cache, warnings);
        }
        List<ExternalDigest> external = DvcFiles.digests(path, manifest, single ? List.of() : files, warnings);
        DatasetSnapshot snapshot = new DatasetSnapshot(
                options.name(), digest, algorithm.id(), files.size(), manifest.bytes(), format, profile, external);
        return new SnapshotResult(
                snapshot, manifest, run.filesRead.get(), run.filesReused, run.bytesRead.get(), bounded(warnings));
    }

    /** A full disk or a missing right costs time at the next snapshot, and nothing else. */
    private static void save(DigestCache cache, List<String> warnings) {
        try {
            cache.save();
        } catch (IOException e) {
            warnings.add("The digest cache could not be written (" + e + "): the next snapshot reads all files again.");
        }
    }

    /** So many that one can read them, however much is wrong. */
    private static List<String> bounded(List<String> warnings) {
        List<String> result = new ArrayList<>();
        for (String warning : warnings.subList(0, Math.min(MAX_WARNINGS, warnings.size()))) {
            result.add(
                    warning.length() <= MAX_WARNING_LENGTH
                            ? warning
                            : warning.substring(0, MAX_WARNING_LENGTH) + "...");
        }
        if (warnings.size() > MAX_WARNINGS) {
            result.add("There are " + (warnings.size() - MAX_WARNINGS) + " more warnings.");
        }
        return result;
    }

    /** The one table format that occurs; files that are no tables may stand beside. */
    private static DataFormat format(List<FoundFile> files, SnapshotOptions options) {
        if (options.format() != null) {
            return options.format();
        }
        DataFormat format = DataFormat.OTHER;
        for (FoundFile file : files) {
            DataFormat own = DataFormat.ofFileName(file.relative());
            if (own != DataFormat.OTHER) {
                if (format != DataFormat.OTHER && own != format) {
                    return DataFormat.OTHER;
                }
                format = own;
            }
        }
        return format;
    }

    /** The work of one snapshot. */
    private final class Run {
        private final List<FoundFile> files;
        private final SnapshotOptions options;

        @CheckForNull
        private final DigestCache cache;

        private final byte[][] digests;
        private final AtomicLong filesRead = new AtomicLong();
        private final AtomicLong bytesRead = new AtomicLong();
        private long filesReused;

        Run(List<FoundFile> files, SnapshotOptions options, @CheckForNull DigestCache cache) {
            this.files = files;
            this.options = options;
            this.cache = cache;
            this.digests = new byte[files.size()][];
        }

        Manifest digest() throws IOException {
            Instant started = clock.instant();
            List<Integer> small = new ArrayList<>();
            List<Integer> large = new ArrayList<>();
            for (int i = 0; i < digests.length; i++) {
                FoundFile file = files.get(i);
                digests[i] = cache == null ? null : cache.digest(file);
                if (digests[i] != null) {
                    filesReused++;
                } else if (file.state().size() > DigestAlgorithm.PLAIN_LIMIT) {
                    large.add(i);
                } else {
                    small.add(i);
                }
            }
            digestSmall(small);
            for (int i : large) {
                digests[i] = digestLarge(files.get(i));
            }
            List<FileEntry> entries = new ArrayList<>(digests.length);
            for (int i = 0; i < digests.length; i++) {
                FoundFile file = files.get(i);
                long size = file.state().size();
                entries.add(new FileEntry(
                        file.relative(), size, DigestAlgorithm.forFileOf(size), FileDigester.named(digests[i])));
            }
            DigestCache known = cache;
            if (known != null) {
                small.forEach(i -> known.remember(files.get(i), digests[i], started));
                large.forEach(i -> known.remember(files.get(i), digests[i], started));
            }
            return new Manifest(entries);
        }

        private void digestSmall(List<Integer> indexes) throws IOException {
            AtomicInteger next = new AtomicInteger();
            int threads = Math.max(1, Math.min(options.readers(), indexes.size() / 4));
            Parallel.onThreads(threads, "dataset-digest", () -> {
                FileDigester digester = new FileDigester();
                for (int n = next.getAndIncrement(); n < indexes.size(); n = next.getAndIncrement()) {
                    Parallel.requireNotInterrupted();
                    FoundFile file = files.get(indexes.get(n));
                    digests[indexes.get(n)] =
                            digester.digest(file.path(), file.state().size());
                    read(file);
                }
            });
        }

        private byte[] digestLarge(FoundFile file) throws IOException {
            long size = file.state().size();
            byte[][] pieces = new byte[Math.toIntExact(FileDigester.pieces(size))][];
            AtomicInteger next = new AtomicInteger();
            int threads = Math.min(options.readers(), Runtime.getRuntime().availableProcessors());
            Parallel.onThreads(threads, "dataset-digest", () -> {
                FileDigester digester = new FileDigester();
                // A channel of its own for each thread: a shared one has a lock that costs more than the reading.
                try (FileChannel channel = FileDigester.open(file.path())) {
                    for (int n = next.getAndIncrement(); n < pieces.length; n = next.getAndIncrement()) {
                        Parallel.requireNotInterrupted();
                        pieces[n] = digester.digestPiece(channel, file.path(), size, n);
                    }
                }
            });
            read(file);
            return FileDigester.tree(size, pieces);
        }

        private void read(FoundFile file) throws IOException {
            requireUnchanged(file);
            filesRead.incrementAndGet();
            bytesRead.addAndGet(file.state().size());
        }

        private void requireUnchanged(FoundFile file) throws IOException {
            FoundFile.State now;
            try {
                now = FoundFile.State.of(Files.readAttributes(file.path(), BasicFileAttributes.class));
            } catch (NoSuchFileException e) {
                throw FileDigester.changed(file.path(), "it went away");
            }
            if (!now.equals(file.state())) {
                throw FileDigester.changed(file.path(), "its size or its time is another one than before");
            }
        }

        @CheckForNull
        DataProfile profile(DataFormat format, String key, List<String> warnings) throws IOException {
            String cacheKey = format + " " + key;
            DataProfile known = cache == null ? null : cache.profile(cacheKey);
            if (known != null) {
                return known;
            }
            List<FoundFile> tables = new ArrayList<>();
            for (FoundFile file : files) {
                if (files.size() == 1 || DataFormat.ofFileName(file.relative()) == format) {
                    tables.add(file);
                }
            }
            tables.sort((a, b) -> Manifest.compare(a.relative(), b.relative()));
            List<Path> paths = tables.stream().map(FoundFile::path).toList();
            DataProfile profile = Profiler.profile(paths, format, options.limits(), warnings);
            for (FoundFile file : tables) {
                requireUnchanged(file);
                bytesRead.addAndGet(file.state().size());
            }
            if (profile != null && cache != null) {
                cache.remember(cacheKey, profile);
            }
            return profile;
        }
    }
}
