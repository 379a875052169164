package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.TrackedRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a version's files are: a folder or a file among a run's artifacts.
 *
 * <p>Written as {@code mlflow-artifacts:/EXPERIMENT/RUN/artifacts/PATH} or {@code runs:/RUN/PATH}. Nothing else is
 * taken: what this server doesn't hold it can't vouch for, and a {@code file:} would be one of the controller's own.
 *
 * @param runId the run
 * @param path below its artifacts
 */
public record ModelSource(String runId, ArtifactPath path) {
    private static final String PROXIED = "mlflow-artifacts:";
    private static final String OF_RUN = "runs:/";

    /** @throws MlflowException when the text is no such source */
    public static ModelSource parse(String source) {
        ArtifactPath path;
        int skip;
        try {
            if (source.startsWith(PROXIED)) {
                path = ArtifactPath.of(source.substring(PROXIED.length()).replaceFirst("^/(//[^/]*/)?", ""));
                skip = 3;
                if (path.parts().size() < 3 || !path.parts().get(2).equals("artifacts")) {
                    throw refused(source);
                }
                return new ModelSource(path.parts().get(1), path.from(skip));
            }
            if (source.startsWith(OF_RUN)) {
                path = ArtifactPath.of(source.substring(OF_RUN.length()));
                if (path.isRoot()) {
                    throw refused(source);
                }
                return new ModelSource(path.parts().get(0), path.from(1));
            }
        } catch (IllegalArgumentException e) {
            throw MlflowException.invalid("Invalid model version source: '" + source + "'. " + e.getMessage());
        }
        throw refused(source);
    }

    private static MlflowException refused(String source) {
        return MlflowException.invalid("Invalid model version source: '" + source + "'. Expected files that were logged"
                + " to this server: mlflow-artifacts:/EXPERIMENT/RUN/artifacts/PATH or runs:/RUN/PATH");
    }

    /** The files, with paths below the source; a single file by its name. Empty when nothing is there. */
    List<VersionFile> files(ArtifactStore artifacts) {
        List<VersionFile> files = new ArrayList<>();
        int from = path.isRoot() ? 0 : path.toString().length() + 1;
        for (VersionFile file : artifacts.files(runId, path)) {
            String name =
                    file.path().length() < from ? path.name() : file.path().substring(from);
            files.add(new VersionFile(name, file.bytes(), file.sha256()));
        }
        return files;
    }

    /** The same place in full. */
    String uri(TrackedRun run) {
        return Wire.artifactUri(run) + (path.isRoot() ? "" : "/" + path);
    }

    /** Whether the source is, or holds, the artifact at this path. */
    boolean holds(ArtifactPath artifact) {
        return artifact.parts().size() >= path.parts().size()
                && artifact.parts().subList(0, path.parts().size()).equals(path.parts());
    }
}
