package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.mlops.data.WriteFailure;
import io.jenkins.mlops.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The bulk of a build's lineage: JSON files in the folder {@code mlops} beside {@code build.xml}.
 *
 * <p>Metric tables, curves and profiles would make {@code build.xml} slow to load for every page that lists builds.
 */
final class BuildDocuments {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

    private final Path folder;

    BuildDocuments(Run<?, ?> run) {
        folder = run.getRootDir().toPath().resolve("mlops");
    }

    /**
     * Writes a document whole or not at all.
     *
     * @throws AbortException if it cannot be written, say because the disk is full; the message is for the console
     */
    void write(String name, Object value) throws IOException {
        try {
            replace(name, value);
        } catch (IOException x) {
            AbortException explained = new AbortException(
                    WriteFailure.explain("the build's record '" + name + "'", folder + " on the controller", x));
            explained.initCause(x);
            throw explained;
        }
    }

    private void replace(String name, Object value) throws IOException {
        Path file = file(name);
        Files.createDirectories(folder);
        Path whole = Files.createTempFile(folder, name, ".tmp");
        try {
            Files.writeString(whole, Json.write(value), StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /**
     * Reads a document.
     *
     * @return null if the build has none of that name
     */
    @CheckForNull
    <T> T read(String name, Class<T> type) throws IOException {
        Path file = file(name);
        return Files.isRegularFile(file) ? Json.read(Files.readString(file, StandardCharsets.UTF_8), type) : null;
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected a plain document name, found '" + name + "'");
        }
        return folder.resolve(name + ".json");
    }
}
