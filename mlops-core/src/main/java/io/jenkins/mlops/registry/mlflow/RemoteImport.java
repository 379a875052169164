package io.jenkins.mlops.registry.mlflow;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes a version that others registered at an MLflow server into the registry: its files are brought and archived, so
 * that it has a digest and can be promoted and deployed like any other.
 *
 * <p>It has no evaluation: gates that ask for one fail until it is evaluated. Its files are never opened, only hashed.
 */
public final class RemoteImport {
    /** What the source of an imported version begins with; the path below the archive follows. */
    public static final String SCHEME = "imported:";

    private static final int MOST_FILES = 10_000;

    private final ModelRegistry registry;
    private final RemoteStore store;
    private final MlflowClient client;
    private final Path archive;
    private final long mostBytes;

    /**
     * @param archive the folder below which the files of imported versions are kept
     * @param mostBytes larger versions are refused
     */
    public RemoteImport(ModelRegistry registry, RemoteStore store, MlflowClient client, Path archive, long mostBytes) {
        this.registry = registry;
        this.store = store;
        this.client = client;
        this.archive = archive;
        this.mostBytes = mostBytes;
    }

    /**
     * Imports a version; one that is imported already is answered as it is.
     *
     * @param remoteNumber the version's number at the server
     * @param actor id of the user who wants it
     * @throws RemoteException when the server doesn't have it, or doesn't hand its files out
     */
    public ModelVersion bring(String model, int remoteNumber, String actor) throws IOException, InterruptedException {
        String name = ModelName.check(model);
        for (RemoteLink link : store.links(name)) {
            if (link.remoteNumber() == remoteNumber) {
                return registry.version(name, link.number());
            }
        }
        RemoteVersion version = client.version(name, remoteNumber)
                .orElseThrow(() -> new RemoteException(
                        Kind.MISSING,
                        "There is no version " + remoteNumber + " of '" + name + "' at "
                                + client.address().base()));
        String place = RemoteFiles.path(client.downloadUri(name, remoteNumber));
        if (place == null) {
            throw new RemoteException(
                    Kind.REFUSED,
                    "The files of version " + remoteNumber + " of '" + name + "' are at '" + version.source()
                            + "', which the MLflow server doesn't hand out itself; have a job fetch and register them");
        }
        Files.createDirectories(archive);
        Path arriving = Files.createTempDirectory(archive, ".arriving-");
        try {
            List<VersionFile> files = download(place, arriving);
            String digest = ModelVersion.digestOf(files);
            String folder = folder(digest);
            keep(arriving, archive.resolve(folder));
            ModelVersion registered = registry.register(registration(version, files, digest, folder, actor));
            store.link(new RemoteLink(name, registered.number(), remoteNumber, version.runId()));
            return registered;
        } finally {
            delete(arriving);
        }
    }

    /** The folder of a version's files below the archive: it follows from the content alone. */
    private static String folder(String digest) {
        return Ledger.sha256(digest).substring(0, 32);
    }

    private List<VersionFile> download(String place, Path into) throws IOException, InterruptedException {
        RemoteFiles remote = client.files();
        List<RemoteFiles.Found> found = remote.list(place, MOST_FILES);
        if (found.isEmpty()) {
            throw new RemoteException(Kind.REFUSED, "The MLflow server has no files at '" + place + "'");
        }
        long left = mostBytes;
        List<VersionFile> files = new ArrayList<>();
        for (RemoteFiles.Found file : found) {
            if (file.bytes() > left) {
                throw new RemoteException(
                        Kind.REFUSED, "The version has more than " + mostBytes + " bytes, which is the limit");
            }
            // The record refuses paths that lead elsewhere.
            VersionFile checked = new VersionFile(file.path(), file.bytes(), Ledger.GENESIS);
            Path target = into.resolve(checked.path());
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            MessageDigest digest = sha256();
            long bytes;
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
                bytes = remote.download(place + "/" + file.path(), out, file.bytes());
            }
            if (bytes != file.bytes()) {
                throw new RemoteException(
                        Kind.UNREACHABLE,
                        "The file '" + file.path() + "' broke off after " + bytes + " of " + file.bytes() + " bytes");
            }
            left -= bytes;
            files.add(new VersionFile(checked.path(), bytes, HexFormat.of().formatHex(digest.digest())));
        }
        return files;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The same content in the same place once; what is there already is the same. */
    private static void keep(Path arrived, Path goal) throws IOException {
        if (!Files.isDirectory(goal)) {
            Files.move(arrived, goal, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Registration registration(
            RemoteVersion version, List<VersionFile> files, String digest, String folder, String actor) {
        Map<String, String> tags = new TreeMap<>(version.tags());
        tags.keySet().removeIf(key -> key.startsWith("mlops."));
        tags.put(RemoteTags.IMPORTED_FROM, client.address().base());
        tags.put(RemoteTags.IMPORTED_VERSION, String.valueOf(version.number()));
        if (!version.runId().isEmpty()) {
            tags.put("mlflow.imported.run_id", version.runId());
        }
        if (!version.source().isEmpty()) {
            tags.put("mlflow.imported.source", version.source());
        }
        String operation = "import/"
                + Ledger.sha256(
                        client.address().base() + "\0" + version.model() + "\0" + version.number() + "\0" + digest);
        return Registration.of(operation, version.model(), files, actor)
                .withSource(SCHEME + folder, null)
                .withTags(tags, version.description())
                .withAuthors(version.user().isBlank() ? Set.of() : Set.of(version.user()));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException failure) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
