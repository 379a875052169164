package io.jenkins.mlops.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file as the walk through a dataset found it.
 *
 * @param path its path on this machine
 * @param relative its path within the dataset, with {@code /}
 * @param state what tells whether it has changed
 */
record FoundFile(Path path, String relative, State state) {
    /**
     * What the file system says of a file's content without reading it.
     *
     * @param size bytes
     * @param seconds time of the last change, seconds since 1970
     * @param nanos and nanoseconds
     * @param key a hash of the file system's own identity of the file (device and inode); 0 where it has none
     */
    record State(long size, long seconds, int nanos, long key) {
        static State of(BasicFileAttributes attributes) {
            FileTime time = attributes.lastModifiedTime();
            Object key = attributes.fileKey();
            java.time.Instant instant = time.toInstant();
            return new State(
                    attributes.size(),
                    instant.getEpochSecond(),
                    instant.getNano(),
                    key == null ? 0 : hash(key.toString()));
        }

        // FNV-1a: a stable hash, because it is stored.
        private static long hash(String text) {
            long hash = 0xcbf29ce484222325L;
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
            }
            return hash;
        }
    }
}
