package io.jenkins.plugins.mlops.registry.rebuild;

import hudson.model.Run;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jenkins.util.VirtualFile;

/** Reads the archived files of a version, each with its size and SHA-256. */
final class ArchiveListing {
    private static final int BUFFER = 256 << 10;

    private ArchiveListing() {}

    /** @throws IOException if there are none, or one can't be read */
    static List<VersionFile> of(Run<?, ?> build, String model, String digest) throws IOException {
        VirtualFile folder = build.getArtifactManager().root().child(ArchivedModel.folder(model, digest));
        List<VersionFile> files = new ArrayList<>();
        add(folder, "", files);
        if (files.isEmpty()) {
            throw new IOException("expected archived files in " + ArchivedModel.folder(model, digest)
                    + ", found none: the artifacts were removed");
        }
        return files;
    }

    private static void add(VirtualFile folder, String prefix, List<VersionFile> files) throws IOException {
        for (VirtualFile file : folder.list()) {
            String path = prefix + file.getName();
            if (file.isDirectory()) {
                add(file, path + "/", files);
            } else {
                files.add(read(file, path));
            }
        }
    }

    private static VersionFile read(VirtualFile file, String path) throws IOException {
        try (InputStream in = file.open()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return new VersionFile(path, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
