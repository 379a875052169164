package io.jenkins.plugins.mlops.registry.promotion;

import hudson.AbortException;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import jenkins.util.VirtualFile;

/**
 * Compares the archived files of a version with the digests that it was registered with.
 *
 * <p>Reads every file, so it takes as long as that takes. A version whose files are not among the artifacts of a build
 * of this controller can't be compared, and passes.
 */
final class ArchivedFiles {
    private static final int BUFFER = 1 << 16;

    private ArchivedFiles() {}

    /** What is not as it was registered; empty when nothing is. */
    static Optional<String> difference(ModelVersion version) throws IOException {
        VirtualFile folder;
        try {
            folder = ArchivedModel.open(version);
        } catch (AbortException x) { // no build, or it is gone: there is nothing to compare
            return Optional.empty();
        }
        if (!folder.isDirectory()) {
            return Optional.empty();
        }
        for (VersionFile file : version.files()) {
            VirtualFile archived = folder.child(file.path());
            String name = "The archived file '" + file.path() + "' of version " + version.number() + " of '"
                    + version.model() + "' ";
            if (!archived.isFile()) {
                return Optional.of(name + "is gone");
            }
            if (archived.length() != file.bytes()) {
                return Optional.of(name + "has " + archived.length() + " bytes, registered were " + file.bytes());
            }
            String found = sha256(archived);
            if (!found.equals(file.sha256())) {
                return Optional.of(name + "has the SHA-256 " + found + ", registered was " + file.sha256());
            }
        }
        return Optional.empty();
    }

    private static String sha256(VirtualFile file) throws IOException {
        try (InputStream in = file.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
