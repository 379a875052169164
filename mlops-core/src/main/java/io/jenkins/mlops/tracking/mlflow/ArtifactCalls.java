package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Answers the calls that list artifacts. */
final class ArtifactCalls {
    private final ArtifactStore artifacts;
    private final RunCalls runs;

    ArtifactCalls(ArtifactStore artifacts, RunCalls runs) {
        this.artifacts = artifacts;
        this.runs = runs;
    }

    Reply list(Fields fields, Access access) {
        TrackedRun run = runs.seen(fields.runId(), access);
        ArtifactPath folder = ArtifactPath.of(fields.text("path", ""));
        ObjectNode node = Wire.object().put("root_uri", Wire.artifactUri(run));
        addFiles(node, artifacts.files(run.id(), folder), folder, folder.isRoot() ? "" : folder + "/");
        return Reply.of(node);
    }

    /**
     * Adds what stands directly in a folder.
     *
     * @param files files below it, of which the path may be its own: then it is no folder, and has nothing in it
     * @param prefix what the paths begin with in the answer
     */
    static void addFiles(ObjectNode node, Collection<VersionFile> files, ArtifactPath folder, String prefix) {
        int from = folder.isRoot() ? 0 : folder.toString().length() + 1;
        Map<String, ObjectNode> entries = new TreeMap<>();
        for (VersionFile file : files) {
            if (file.path().length() <= from) {
                continue;
            }
            String rest = file.path().substring(from);
            int slash = rest.indexOf('/');
            String name = slash < 0 ? rest : rest.substring(0, slash);
            ObjectNode entry = Wire.object().put("path", prefix + name).put("is_dir", slash >= 0);
            if (slash < 0) {
                entry.put("file_size", file.bytes());
            }
            entries.put(name, entry);
        }
        Wire.list(node, "files", entries.values(), (list, entry) -> list.add(entry));
    }
}
