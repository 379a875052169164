package io.jenkins.mlops.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a {@code .dvc} file says about the data that it stands for. */
public final class DvcOuts {
    private static final int MAX_OUTS = 10_000;

    private DvcOuts() {}

    /**
     * Reads a file's content.
     *
     * @return its {@code outs} that have an MD5, without a stage
     * @throws JsonException when it isn't YAML, or has too many of them
     */
    public static List<DvcLock.Artifact> parse(String name, byte[] content) {
        List<DvcLock.Artifact> outs = new ArrayList<>();
        for (JsonNode out : FileReading.tree(name, content).path("outs")) {
            String md5 = out.path("md5").asText("");
            String path = out.path("path").asText("");
            if (path.isEmpty() || !md5.matches("[0-9a-f]{32}(\\.dir)?")) {
                continue;
            }
            if (outs.size() >= MAX_OUTS) {
                throw new JsonException(name + " names more than " + MAX_OUTS + " files");
            }
            outs.add(new DvcLock.Artifact(
                    "", path, "md5:" + md5, out.path("size").asLong(-1)));
        }
        return outs;
    }
}
