package io.jenkins.plugins.mlops.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.FileDigests;
import io.jenkins.mlops.data.SnapshotOptions;
import io.jenkins.mlops.data.SnapshotResult;
import io.jenkins.mlops.data.Snapshotter;
import io.jenkins.mlops.data.WorkspacePath;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Snapshots a dataset where it lies.
 *
 * @param name the dataset's name
 * @param path file or folder in the workspace
 */
record SnapshotTask(String name, String path) implements ControllerToAgentFileCallable<SnapshotTask.Found> {
    private static final int MOST_WARNINGS = 100;

    /** Jenkins' fingerprints are MD5: a second reading, so only for files where it costs little. */
    private static final long MOST_FINGERPRINTED_BYTES = 256L << 20;

    /**
     * A snapshot with what Jenkins' fingerprints need.
     *
     * @param snapshot the snapshot
     * @param md5 MD5 in hexadecimal by file name, empty for folders and large files
     * @param warnings what the author should know, at most 100
     */
    record Found(DatasetSnapshot snapshot, Map<String, String> md5, List<String> warnings) implements Serializable {
        Found {
            md5 = Collections.unmodifiableMap(new TreeMap<>(md5));
            if (md5.size() > 1) {
                throw new IllegalArgumentException("expected at most one fingerprint, found " + md5.size());
            }
            if (warnings.size() > MOST_WARNINGS) {
                throw new IllegalArgumentException(
                        "expected at most " + MOST_WARNINGS + " warnings, found " + warnings.size());
            }
            warnings = Collections.unmodifiableList(new ArrayList<>(warnings));
        }
    }

    @Override
    public Found invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        Path root = workspace.toPath();
        Path data = WorkspacePath.resolve(root, path).path();
        Path cache = root.resolveSibling(root.getFileName() + "@tmp")
                .resolve("mlops")
                .resolve("digests");
        SnapshotResult result = new Snapshotter(cache).snapshot(data, SnapshotOptions.of(name));
        Map<String, String> md5 = new TreeMap<>();
        if (Files.isRegularFile(data) && Files.size(data) <= MOST_FINGERPRINTED_BYTES) {
            md5.put(
                    String.valueOf(data.getFileName()),
                    FileDigests.of(data, FileDigests.MD5).hex(FileDigests.MD5));
        }
        List<String> warnings = result.warnings();
        return new Found(result.snapshot(), md5, warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size())));
    }
}
