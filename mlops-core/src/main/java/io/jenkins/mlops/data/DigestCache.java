package io.jenkins.mlops.data;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * Remembers the digests of files between snapshots, so that unchanged files are not read again.
 *
 * <p>A file counts as unchanged when size, time of last change and identity (inode) are as remembered, and its last
 * change is clearly older than the reading that was remembered: a file written again within the same tick of the file
 * system's clock looks unchanged, therefore a digest taken within two seconds after the change is not relied on. A cache
 * that cannot be read is no error, only forgotten.
 *
 * <p>Form, big-endian: the 8 bytes {@code MLDIGC02}; the number of digests (int); per digest the length of the
 * absolute path (int) and the path in UTF-8, size, seconds, nanoseconds, identity, time of reading in seconds, 32 bytes; the number of profiles (int); per
 * profile its key and the profile; a CRC-32C of all that.
 */
final class DigestCache {
    private static final long MAGIC = 0x4D4C444947433032L;
    private static final int GRANULARITY_SECONDS = 2;
    private static final int MAX_PROFILES = 50;

    private static final int DIGEST_BYTES = 32;

    /** What is remembered of a file; mutable in whether this snapshot has met the file. */
    private static final class Entry {
        private final FoundFile.State state;
        private final long readAt;
        private final byte[] digest;
        private boolean met;

        Entry(FoundFile.State state, long readAt, byte[] digest, boolean met) {
            this.state = state;
            this.readAt = readAt;
            this.digest = digest;
            this.met = met;
        }
    }

    private final Path file;
    private final Map<String, Entry> digests = new HashMap<>();
    private final Map<String, DataProfile> profiles = new LinkedHashMap<>();
    private boolean changed;

    private DigestCache(Path file) {
        this.file = file;
    }

    /** Loads the cache; an empty one when there is none or, with a warning, when it is damaged. */
    static DigestCache load(Path file, List<String> warnings) {
        DigestCache cache = new DigestCache(file);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return cache;
        } catch (IOException e) {
            warnings.add("The digest cache " + file + " could not be read (" + e + "): all files are read.");
            return cache;
        }
        try {
            cache.read(bytes);
        } catch (IOException | IllegalArgumentException e) {
            cache.digests.clear();
            cache.profiles.clear();
            warnings.add("The digest cache " + file + " is damaged and is made anew (" + e.getMessage() + ").");
        }
        return cache;
    }

    private void read(byte[] bytes) throws IOException {
        int length = bytes.length - Long.BYTES;
        if (length < Long.BYTES) {
            throw new IOException("too short");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        DataInputStream check = new DataInputStream(new ByteArrayInputStream(bytes, length, Long.BYTES));
        if (check.readLong() != crc.getValue()) {
            throw new IOException("wrong check sum");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
        if (in.readLong() != MAGIC) {
            throw new IOException("another format");
        }
        int p = readDigests(ByteBuffer.wrap(bytes, Long.BYTES, length - Long.BYTES));
        in = new DataInputStream(new ByteArrayInputStream(bytes, p, length - p));
        for (int n = in.readInt(); n > 0; n--) {
            profiles.put(in.readUTF(), ProfileCodec.read(in));
        }
    }

    private int readDigests(ByteBuffer in) throws IOException {
        try {
            int count = in.getInt();
            for (int n = count; n > 0; n--) {
                int pathBytes = in.getInt();
                if (pathBytes < 0 || pathBytes > in.remaining()) {
                    throw new IOException("path cut off");
                }
                String path = new String(in.array(), in.position(), pathBytes, StandardCharsets.UTF_8);
                in.position(in.position() + pathBytes);
                FoundFile.State state = new FoundFile.State(in.getLong(), in.getLong(), in.getInt(), in.getInt());
                long readAt = in.getLong();
                byte[] digest = new byte[DIGEST_BYTES];
                in.get(digest);
                digests.put(path, new Entry(state, readAt, digest, false));
            }
            return in.position();
        } catch (BufferUnderflowException e) {
            throw new IOException("digests cut off", e);
        }
    }

    /** The remembered digest of a file that has not changed, or null. */
    @CheckForNull
    byte[] digest(FoundFile found) {
        Entry entry = digests.get(key(found.path()));
        if (entry == null) {
            return null;
        }
        entry.met = true;
        boolean same = entry.state.equals(found.state()) && entry.state.seconds() + GRANULARITY_SECONDS < entry.readAt;
        return same ? entry.digest : null;
    }

    void remember(FoundFile found, byte[] digest, Instant readAt) {
        digests.put(key(found.path()), new Entry(found.state(), readAt.getEpochSecond(), digest, true));
        changed = true;
    }

    @CheckForNull
    DataProfile profile(String key) {
        return profiles.get(key);
    }

    void remember(String key, DataProfile profile) {
        profiles.remove(key);
        profiles.put(key, profile);
        while (profiles.size() > MAX_PROFILES) {
            profiles.remove(profiles.keySet().iterator().next());
        }
        changed = true;
    }

    /** Forgets the files below a folder that were neither looked up nor remembered: they are gone. */
    void forgetOthers(Path folder) {
        String prefix = key(folder) + folder.getFileSystem().getSeparator();
        changed |= digests.entrySet()
                .removeIf(entry -> !entry.getValue().met && entry.getKey().startsWith(prefix));
    }

    /** Writes the cache if it has changed: all of it or nothing. */
    void save() throws IOException {
        if (!changed) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new DataException(
                    file + ": expected a file for the digest cache, found the root of the file system.");
        }
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, ".digests", ".tmp");
        try {
            CRC32C crc = new CRC32C();
            try (DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new CheckedOutputStream(Files.newOutputStream(fresh), crc), 1 << 16))) {
                write(out);
                out.flush();
                out.writeLong(crc.getValue());
            }
            try {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            }
            changed = false;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(MAGIC);
        out.writeInt(digests.size());
        for (Map.Entry<String, Entry> entry : digests.entrySet()) {
            FoundFile.State state = entry.getValue().state;
            byte[] path = entry.getKey().getBytes(StandardCharsets.UTF_8);
            out.writeInt(path.length);
            out.write(path);
            out.writeLong(state.size());
            out.writeLong(state.seconds());
            out.writeInt(state.nanos());
            out.writeInt(state.key());
            out.writeLong(entry.getValue().readAt);
            out.write(entry.getValue().digest);
        }
        out.writeInt(profiles.size());
        for (Map.Entry<String, DataProfile> entry : profiles.entrySet()) {
            out.writeUTF(entry.getKey());
            ProfileCodec.write(entry.getValue(), out);
        }
    }

    // The snapshotter's paths are absolute.
    private static String key(Path path) {
        return path.toString();
    }
}
