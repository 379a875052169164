package io.jenkins.mlops.tracking;

import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps the artifacts of runs and of logged models in a folder, and what they are (size, SHA-256) with their owners.
 *
 * <p>A file is there when it was received whole, is on disk and is noted; until then it has another name. What was cut
 * off leaves nothing. Files of any size pass through a small buffer.
 */
public final class ArtifactStore {
    private static final int BUFFER = 64 * 1024;
    private static final int LOCKS = 64;

    private final Path folder;
    private final TrackingStore store;
    private static final Object[] PATH_LOCKS = new Object[LOCKS];

    static {
        for (int i = 0; i < LOCKS; i++) {
            PATH_LOCKS[i] = new Object();
        }
    }

    /** Keeps files below {@code folder}, which is made with the first of them, and notes them in {@code store}. */
    public ArtifactStore(Path folder, TrackingStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** The folder of the artifacts of a run or a logged model, which may not be there. */
    public Path folder(String ownerId) {
        if (!ownerId.matches("(m-)?[0-9a-f]{32}")) {
            throw new RegistryException.NotFound("There is no run or logged model with the id " + ownerId);
        }
        return folder.resolve(ownerId);
    }

    /**
     * Where a file or folder is on disk. The path can't lead out of the owner's folder; that there is no link either on
     * the way there is checked all the same.
     */
    private Path locate(String ownerId, ArtifactPath path) {
        Path root = folder(ownerId).toAbsolutePath().normalize();
        Path file = root;
        for (String part : path.parts()) {
            file = file.resolve(part);
            if (Files.isSymbolicLink(file)) {
                throw new RegistryException.NotFound("There is no artifact '" + path + "' in " + ownerId);
            }
        }
        if (!file.normalize().equals(file) || !file.startsWith(root)) {
            throw new IllegalArgumentException("Invalid path: '" + path + "' leads out of its folder");
        }
        return file;
    }

    /**
     * Receives a file, or another content for one that is there.
     *
     * @param length how many bytes must come; -1 when unknown, then the stream's end is the file's
     * @throws IOException when the stream breaks off or the disk is full; nothing is left behind
     */
    public VersionFile put(String ownerId, ArtifactPath path, InputStream in, long length) throws IOException {
        if (path.isRoot()) {
            throw new IllegalArgumentException("Invalid path: a file's name is missing");
        }
        Path file = locate(ownerId, path);
        Path incoming = folder.resolve("incoming");
        Files.createDirectories(incoming);
        Path partial = incoming.resolve(UUID.randomUUID() + ".part");
        try {
            VersionFile received = receive(path, in, length, partial);
            synchronized (PATH_LOCKS[Math.floorMod(file.hashCode(), LOCKS)]) {
                try {
                    Files.createDirectories(folderOf(file));
                    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (FileSystemException e) {
                    if (Files.isDirectory(file) || hasFileAbove(ownerId, path)) {
                        throw new IllegalArgumentException(
                                "'" + path + "' can't be a file: there is a folder, or a file above it", e);
                    }
                    throw e;
                }
                store.keepArtifact(ownerId, received);
            }
            return received;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Path folderOf(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("Expected a file below the artifacts' folder, found " + file);
        }
        return parent;
    }

    private boolean hasFileAbove(String ownerId, ArtifactPath path) {
        for (int i = 1; i < path.parts().size(); i++) {
            if (Files.isRegularFile(
                    locate(ownerId, new ArtifactPath(path.parts().subList(0, i))))) {
                return true;
            }
        }
        return false;
    }

    private static VersionFile receive(ArtifactPath path, InputStream in, long length, Path partial)
            throws IOException {
        MessageDigest sha256 = sha256();
        long bytes;
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
            bytes = copy(in, out);
            if (length >= 0 && bytes != length) {
                throw new IOException("The upload of '" + path + "' broke off after " + bytes + " of " + length
                        + " bytes; nothing of it was kept");
            }
            channel.force(true);
        }
        return new VersionFile(path.toString(), bytes, HexFormat.of().formatHex(sha256.digest()));
    }

    private static long copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
            bytes += n;
        }
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A file as it was received; empty when there is none. */
    public Optional<VersionFile> find(String ownerId, ArtifactPath path) {
        if (path.isRoot()) {
            return Optional.empty();
        }
        return store.artifact(ownerId, path.toString());
    }

    /**
     * Opens a file, from a byte on.
     *
     * @throws RegistryException.NotFound when the file is not on disk, or has another size than it was noted with
     */
    public InputStream open(String ownerId, VersionFile file, long from) throws IOException {
        Path path = locate(ownerId, ArtifactPath.of(file.path()));
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) != file.bytes()) {
            throw new RegistryException.NotFound(
                    "The artifact '" + file.path() + "' of " + ownerId + " is gone from the disk, or was changed");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try {
            return Channels.newInputStream(channel.position(from));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The files below a folder, by path; the folder's name may be that of a file, which is then the only one. */
    public List<VersionFile> files(String ownerId, ArtifactPath below) {
        return store.artifacts(ownerId, below.toString());
    }

    /** Deletes a file, or a folder with all that is in it. @return how many files */
    public int delete(String ownerId, ArtifactPath path) throws IOException {
        List<VersionFile> files = files(ownerId, path);
        for (VersionFile file : files) {
            Path gone = locate(ownerId, ArtifactPath.of(file.path()));
            synchronized (PATH_LOCKS[Math.floorMod(gone.hashCode(), LOCKS)]) {
                store.forgetArtifact(ownerId, file.path());
                Files.deleteIfExists(gone);
            }
        }
        return files.size();
    }

    /** Deletes what uploads left when the process ended under them; to be called while nothing is uploaded. */
    public static void clean(Path folder) throws IOException {
        Path incoming = folder.resolve("incoming");
        if (Files.isDirectory(incoming)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(incoming, "*.part")) {
                for (Path part : parts) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }
}
