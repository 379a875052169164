package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.WatchedFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Looks at files where they lie.
 *
 * @param path absolute path of a file or folder
 * @param key a name for the cache of digests
 * @param before what the last look returned; null for the first
 * @param countRows whether rows are to be counted
 * @param roots the folders that the path must be in, links resolved; null for no such rule
 */
record WatchFilesTask(
        String path,
        String key,
        @CheckForNull DataState before,
        boolean countRows,
        @CheckForNull List<String> roots) implements ControllerToAgentFileCallable<DataState> {
    WatchFilesTask {
        roots = roots == null ? null : Collections.unmodifiableList(new ArrayList<>(roots));
    }

    @Override
    public DataState invoke(File place, VirtualChannel channel) throws IOException {
        Path data;
        try {
            data = Path.of(path);
        } catch (InvalidPathException x) {
            throw new DataException("expected a path, found '" + path + "'", x);
        }
        if (!data.isAbsolute()) {
            throw new DataException("expected an absolute path, found '" + path + "'");
        }
        if (roots != null) {
            data = confined(data, roots);
        }
        Path cache = place.toPath().resolve("mlops-watch").resolve(key);
        return new WatchedFiles(data, cache, Clock.systemUTC()).look(before, countRows);
    }

    /** The real path. Whether there is anything outside of the roots is not told. */
    private Path confined(Path data, List<String> within) throws IOException {
        Path normal = data.normalize();
        for (String root : within) {
            if (normal.startsWith(root) && Files.exists(normal)) {
                Path real = normal.toRealPath();
                if (real.startsWith(Path.of(root).toRealPath())) {
                    return real;
                }
            }
        }
        throw new DataException(
                "'" + path + "' is not there, or not in a folder of the controller that may be watched: an"
                        + " administrator adds folders under Manage Jenkins, System, MLOps triggers. For a path on an agent, name"
                        + " its label.");
    }
}
