package io.jenkins.mlops.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the spec of a release on its machine, so that a rollback can start it again. */
final class ReleaseSpec {
    private static final String ENV = "env.";

    private ReleaseSpec() {}

    static void write(ProcessSpec spec, String version, String digest) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < spec.command().size(); i++) {
            entries.put("command." + i, spec.command().get(i));
        }
        spec.env().forEach((name, value) -> entries.put(ENV + name, value));
        entries.put("workspace", spec.workspace());
        entries.put("workingDirectory", spec.workingDirectory());
        entries.put("host", spec.host());
        entries.put("port", Integer.toString(spec.port()));
        entries.put("stopGraceMillis", Long.toString(spec.stopGraceMillis()));
        entries.put("version", version);
        entries.put("digest", digest);
        StateFile.write(file(spec.stateDirectory(), spec.endpoint(), spec.release()), entries);
    }

    /**
     * Reads the spec of a release.
     *
     * @throws ServingException if it isn't there or is damaged
     */
    static ProcessSpec read(String stateDirectory, String endpoint, String release) throws IOException {
        Path file = file(stateDirectory, endpoint, release);
        Map<String, String> entries = StateFile.read(file)
                .orElseThrow(() -> new ServingException("endpoint " + endpoint + " has no release " + release
                        + " on this machine: expected " + file + "; deploy that version again"));
        List<String> command = new ArrayList<>();
        for (int i = 0; entries.containsKey("command." + i); i++) {
            command.add(entries.get("command." + i));
        }
        Map<String, String> env = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (key.startsWith(ENV)) {
                env.put(key.substring(ENV.length()), value);
            }
        });
        try {
            return new ProcessSpec(
                    endpoint,
                    release,
                    command,
                    env,
                    entries.get("workspace"),
                    entries.get("workingDirectory"),
                    entries.get("host"),
                    Integer.parseInt(entries.getOrDefault("port", "")),
                    stateDirectory,
                    Long.parseLong(entries.getOrDefault("stopGraceMillis", "")));
        } catch (IllegalArgumentException e) {
            throw new ServingException("the spec of a release in " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    static Path file(String stateDirectory, String endpoint, String release) {
        return new ProcessKey(stateDirectory, endpoint, release, false)
                .releaseDirectory()
                .resolve("spec.json");
    }
}
