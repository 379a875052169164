package io.jenkins.mlops.data;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

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
    record State(long size, long seconds, int nanos, int key) {
        static State of(BasicFileAttributes attributes) {
            Instant time = attributes.lastModifiedTime().toInstant();
            Object key = attributes.fileKey();
            return new State(
                    attributes.size(), time.getEpochSecond(), time.getNano(), key == null ? 0 : key.hashCode());
        }
    }
}
