package io.jenkins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.json.DvcLock;
import io.jenkins.mlops.json.DvcOuts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What a {@code dvc.lock} or {@code .dvc} file says about data: another digest of an output is a change, the rest is not. */
public final class WatchedDvc {
    private WatchedDvc() {}

    /**
     * The state that a look found.
     *
     * @param file the file's path in the repository; {@code dvc.lock}, or a name that ends in {@code .dvc}
     * @param output only this output, or those below it; empty for all
     * @param found what git found
     * @param before what the last look returned; null for the first
     * @throws DataException if the file has no such output
     */
    public static DataState state(String file, String output, GitFile.Found found, @CheckForNull DataState before)
            throws DataException {
        byte[] content = found.content();
        if (content == null) {
            if (before == null) {
                throw new DataException("git gave no content of " + file);
            }
            return before;
        }
        List<DvcLock.Artifact> outputs = new ArrayList<>(
                file.endsWith(".lock") ? DvcLock.parse(file, content).outputs() : DvcOuts.parse(file, content));
        outputs.removeIf(artifact -> !output.isEmpty()
                && !artifact.path().equals(output)
                && !artifact.path().startsWith(output + "/"));
        if (outputs.isEmpty()) {
            throw new DataException(
                    file + " names no output" + (output.isEmpty() ? "" : " '" + output + "'") + " with a digest");
        }
        outputs.sort(Comparator.comparing(DvcLock.Artifact::path).thenComparing(DvcLock.Artifact::digest));
        if (outputs.size() == 1) {
            DvcLock.Artifact only = outputs.get(0);
            return new DataState(only.digest(), 1, only.bytes(), -1, found.commit());
        }
        MessageDigest digest = WatchedFiles.sha256();
        long bytes = 0;
        for (DvcLock.Artifact artifact : outputs) {
            digest.update((artifact.path() + "\0" + artifact.digest() + "\n").getBytes(StandardCharsets.UTF_8));
            bytes = bytes < 0 || artifact.bytes() < 0 ? -1 : bytes + artifact.bytes();
        }
        return new DataState(
                "dvc:" + HexFormat.of().formatHex(digest.digest()), outputs.size(), bytes, -1, found.commit());
    }
}
