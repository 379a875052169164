package io.jenkins.mlops.monitor.bucket;

import io.jenkins.mlops.s3.S3Bucket;
import io.jenkins.mlops.s3.S3Object;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects that were fetched, in a folder of this machine, each under a name that is made of what it is: no key can name a
 * file, and the same file is never of two contents. What is lost here is fetched again.
 */
final class BucketCache {
    private final Path folder;

    BucketCache(Path folder) {
        this.folder = folder;
    }

    /** Where an object is, or would be. */
    Path file(S3Object object) {
        try {
            String what = object.key() + "\0" + object.etag() + "\0" + object.bytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Fetches an object, unless it is here. */
    S3Bucket.Fetched fetch(S3Bucket bucket, S3Object object) throws IOException, InterruptedException {
        Path file = file(object);
        if (Files.isRegularFile(file) && Files.size(file) == object.bytes()) {
            return S3Bucket.Fetched.WHOLE;
        }
        Files.createDirectories(folder);
        return bucket.fetch(object, file);
    }

    /**
     * Deletes what is not worth keeping.
     *
     * @param needed objects that the next look reads again
     * @param wanted further objects, the most wanted first: so many are kept as there is room for
     * @param room bytes for both
     */
    void tidy(Collection<S3Object> needed, List<S3Object> wanted, long room) throws IOException {
        Set<Path> kept = new HashSet<>();
        long bytes = 0;
        for (S3Object object : needed) {
            kept.add(file(object));
            bytes += object.bytes();
        }
        for (S3Object object : wanted) {
            Path file = file(object);
            if (!kept.contains(file) && bytes + object.bytes() <= room && Files.exists(file)) {
                kept.add(file);
                bytes += object.bytes();
            }
        }
        for (Path file : list(folder)) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(file);
            }
        }
        if (Files.isDirectory(folder)) {
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
        }
    }

    /** Deletes the folders beside this one that nobody has used since a moment: those of monitors that are gone. */
    void tidyBeside(Instant since) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        for (Path other : parent == null ? List.<Path>of() : list(parent)) {
            try {
                if (!other.equals(folder.toAbsolutePath())
                        && Files.isDirectory(other)
                        && Files.getLastModifiedTime(other).toInstant().isBefore(since)) {
                    for (Path file : list(other)) {
                        Files.deleteIfExists(file);
                    }
                    Files.deleteIfExists(other);
                }
            } catch (NoSuchFileException e) {
                // Another monitor's look tidied it at the same time.
                continue;
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
