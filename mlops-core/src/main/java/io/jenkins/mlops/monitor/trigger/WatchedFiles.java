package io.jenkins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.SnapshotOptions;
import io.jenkins.mlops.data.Snapshotter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file or folder that is watched where it lies.
 *
 * <p>Most looks read names, sizes and times only. When these differ, the content is digested as a dataset snapshot is, so
 * that a file that was merely touched is no change, and the digest is the one that a build records.
 */
public final class WatchedFiles {
    /** Times of files are as coarse as 2 s on some file systems; what is younger may change without its time showing it. */
    private static final long YOUNG_MILLIS = 3_000;

    private static final int MAX_FILES = 1_000_000;

    private final Path path;
    private final Path cache;
    private final Clock clock;

    /**
     * @param path file or folder
     * @param cache where digests of unchanged files are kept, outside of the data; need not exist
     */
    public WatchedFiles(Path path, Path cache, Clock clock) {
        this.path = path;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * Looks.
     *
     * @param before what the last look returned; null for the first
     * @param countRows whether the rows of tables are to be counted, which reads them
     * @throws DataException when there is no data, or it changes while it is read
     */
    public DataState look(@CheckForNull DataState before, boolean countRows) throws IOException {
        String tag = tag();
        if (before != null && !tag.isEmpty() && tag.equals(before.tag()) && !(countRows && before.rows() < 0)) {
            return before;
        }
        DatasetSnapshot snapshot = new Snapshotter(cache)
                .snapshot(path, SnapshotOptions.of("watched").withProfile(countRows))
                .snapshot();
        DataProfile profile = snapshot.profile();
        long rows = profile == null ? -1 : profile.rows();
        return new DataState(snapshot.digest(), snapshot.files(), snapshot.bytes(), rows, tag);
    }

    /** A digest of names, sizes and times; empty when one of them is too young to be trusted. */
    private String tag() throws IOException {
        Map<String, String> found = new TreeMap<>();
        long[] newest = {Long.MIN_VALUE};
        if (!Files.exists(path)) {
            throw new DataException(path + ": expected a file or a folder, found nothing. Check the path.");
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                BasicFileAttributes real = attributes.isSymbolicLink()
                        ? Files.readAttributes(file, BasicFileAttributes.class)
                        : attributes;
                newest[0] = Math.max(newest[0], real.lastModifiedTime().toMillis());
                found.put(
                        path.relativize(file).toString(),
                        real.size() + " " + real.lastModifiedTime() + " " + real.fileKey());
                if (found.size() > MAX_FILES) {
                    throw new DataException(path + ": more than " + MAX_FILES + " files are not watched; name a folder"
                            + " with fewer.");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        if (newest[0] > clock.millis() - YOUNG_MILLIS) {
            return "";
        }
        MessageDigest digest = sha256();
        found.forEach((name, state) -> digest.update((name + "\0" + state + "\n").getBytes(StandardCharsets.UTF_8)));
        return "files:" + HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
