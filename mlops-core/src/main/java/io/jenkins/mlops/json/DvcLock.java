package io.jenkins.mlops.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@code dvc.lock} (schema 2.0) says about the stages that were run: their parameters and the digests of what
 * they read and wrote.
 *
 * @param params parameters as {@code stage.name}, without the name of the file that they came from
 * @param inputs what the stages read, by path
 * @param outputs what the stages wrote, by path
 */
public record DvcLock(Map<String, String> params, List<Artifact> inputs, List<Artifact> outputs) {
    private static final int MAX_ARTIFACTS = 10_000;

    /**
     * A file or folder of a stage.
     *
     * @param stage the stage's name
     * @param path relative path
     * @param digest {@code md5:} and the digest, which ends in {@code .dir} for a folder
     * @param bytes size in bytes; -1 when it isn't said
     */
    public record Artifact(String stage, String path, String digest, long bytes) {}

    public DvcLock {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        outputs = Collections.unmodifiableList(new ArrayList<>(outputs));
    }

    /**
     * Reads a file's content.
     *
     * @throws JsonException when it isn't a {@code dvc.lock} of schema 2.0; the message names the file and the place
     */
    public static DvcLock parse(String name, byte[] content) {
        JsonNode tree = FileReading.tree(name, content);
        String schema = tree.path("schema").asText("");
        if (!schema.equals("2.0")) {
            throw new JsonException(name + " has the schema '" + schema
                    + "', expected '2.0'; run 'dvc repro' or 'dvc commit' with DVC 2 or later");
        }
        Map<String, String> params = new TreeMap<>();
        List<Artifact> inputs = new ArrayList<>();
        List<Artifact> outputs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> stage : tree.path("stages").properties()) {
            for (Map.Entry<String, JsonNode> file :
                    stage.getValue().path("params").properties()) {
                ParamsFile.flattened(name, file.getValue())
                        .forEach((key, value) -> params.put(Names.joined(name, stage.getKey(), key), value));
            }
            artifacts(name, stage.getKey(), stage.getValue().path("deps"), inputs);
            artifacts(name, stage.getKey(), stage.getValue().path("outs"), outputs);
        }
        return new DvcLock(params, inputs, outputs);
    }

    private static void artifacts(String file, String stage, JsonNode list, List<Artifact> artifacts) {
        for (JsonNode entry : list) {
            String path = entry.path("path").asText("");
            String md5 = entry.path("md5").asText("");
            if (path.isEmpty() || !md5.matches("[0-9a-f]{32}(\\.dir)?")) {
                // A dependency that is not tracked by content (a URL's ETag) has no digest to remember.
                continue;
            }
            if (artifacts.size() >= MAX_ARTIFACTS) {
                throw new JsonException(file + " names more than " + MAX_ARTIFACTS + " files");
            }
            artifacts.add(
                    new Artifact(stage, path, "md5:" + md5, entry.path("size").asLong(-1)));
        }
    }
}
