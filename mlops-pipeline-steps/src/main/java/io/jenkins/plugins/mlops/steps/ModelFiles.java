package io.jenkins.plugins.mlops.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.FileDigests;
import io.jenkins.mlops.data.WorkspacePath;
import io.jenkins.mlops.registry.VersionFile;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Lists and hashes the files of a model where they lie.
 *
 * @param path file or folder in the workspace
 */
record ModelFiles(String path) implements ControllerToAgentFileCallable<ModelFiles.Listing> {
    private static final int MOST_FILES = 10_000;

    /**
     * The files of a model.
     *
     * @param files each with its path within the model, size and SHA-256
     * @param md5 their MD5 by path, for Jenkins' fingerprints
     * @param folder whether the model is a folder
     */
    record Listing(List<VersionFile> files, Map<String, String> md5, boolean folder) implements Serializable {
        Listing {
            if (files.isEmpty() || files.size() > MOST_FILES || md5.size() > files.size()) {
                throw new IllegalArgumentException("expected 1 to " + MOST_FILES + " files, found " + files.size());
            }
            files = Collections.unmodifiableList(new ArrayList<>(files));
            md5 = Collections.unmodifiableMap(new TreeMap<>(md5));
        }
    }

    @Override
    public Listing invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path model = WorkspacePath.resolve(workspace.toPath(), path).path();
        List<VersionFile> files = new ArrayList<>();
        Map<String, String> md5 = new TreeMap<>();
        if (Files.isRegularFile(model)) {
            add(model, String.valueOf(model.getFileName()), files, md5);
        } else if (Files.isDirectory(model)) {
            Files.walkFileTree(model, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (!attributes.isRegularFile()) {
                        throw new DataException("Expected plain files in the model '" + path + "', found '"
                                + model.relativize(file) + "', a link or a special file. Copy what it points at.");
                    }
                    if (files.size() == MOST_FILES) {
                        throw new DataException("Expected at most " + MOST_FILES + " files in the model '" + path
                                + "', found more. Pack them into an archive.");
                    }
                    add(file, model.relativize(file).toString().replace(File.separatorChar, '/'), files, md5);
                    return FileVisitResult.CONTINUE;
                }
            });
        } else {
            throw new DataException("Expected a model at '" + path + "' in the workspace (option path), found none."
                    + " Let the training write it, or correct the path.");
        }
        if (files.isEmpty()) {
            throw new DataException("Expected files in the folder '" + path + "' (option path), found none.");
        }
        return new Listing(files, md5, Files.isDirectory(model));
    }

    private static void add(Path file, String name, List<VersionFile> files, Map<String, String> md5)
            throws IOException {
        FileDigests digests = FileDigests.of(file, FileDigests.SHA_256, FileDigests.MD5);
        files.add(new VersionFile(name, digests.bytes(), digests.hex(FileDigests.SHA_256)));
        md5.put(name, digests.hex(FileDigests.MD5));
    }
}
