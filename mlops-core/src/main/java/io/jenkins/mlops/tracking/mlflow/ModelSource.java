package io.jenkins.mlops.tracking.mlflow;

import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.ArtifactStore;
import io.jenkins.mlops.tracking.LoggedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a version's files are: a folder or a file among the artifacts of a run or of a logged model.
 *
 * <p>Written as {@code mlflow-artifacts:/EXPERIMENT/RUN/artifacts/PATH},
 * {@code mlflow-artifacts:/EXPERIMENT/models/MODEL_ID/artifacts/PATH}, {@code runs:/RUN/PATH} or
 * {@code models:/MODEL_ID}. Nothing else is taken: what this server doesn't hold it can't vouch for, and a
 * {@code file:} would be one of the controller's own.
 *
 * @param ownerId id of the run or of the logged model
 * @param path below its artifacts
 */
public record ModelSource(String ownerId, ArtifactPath path) {
    /** The folder of an experiment's logged models. */
    static final String MODELS = "models";

    private static final String ARTIFACTS = "artifacts";
    private static final String PROXIED = "mlflow-artifacts:";
    private static final String OF_RUN = "runs:/";
    private static final String OF_MODEL = "models:/";

    /** @throws MlflowException when the text is no such source */
    public static ModelSource parse(String source) {
        try {
            if (source.startsWith(PROXIED)) {
                return proxied(source, source.substring(PROXIED.length()).replaceFirst("^/(//[^/]*/)?", ""));
            }
            if (source.startsWith(OF_RUN)) {
                ArtifactPath path = ArtifactPath.of(source.substring(OF_RUN.length()));
                if (path.isRoot()) {
                    throw refused(source);
                }
                return new ModelSource(path.parts().get(0), path.from(1));
            }
            if (source.startsWith(OF_MODEL)) {
                ArtifactPath path = ArtifactPath.of(source.substring(OF_MODEL.length()));
                if (path.isRoot() || !LoggedModel.isId(path.parts().get(0))) {
                    throw refused(source);
                }
                return new ModelSource(path.parts().get(0), path.from(1));
            }
        } catch (IllegalArgumentException e) {
            throw MlflowException.invalid("Invalid model version source: '" + source + "'. " + e.getMessage());
        }
        throw refused(source);
    }

    private static ModelSource proxied(String source, String below) {
        List<String> parts = ArtifactPath.of(below).parts();
        int owner = parts.size() > 1 && parts.get(1).equals(MODELS) ? 2 : 1;
        if (parts.size() < owner + 2 || !parts.get(owner + 1).equals(ARTIFACTS)) {
            throw refused(source);
        }
        String id = parts.get(owner);
        if (LoggedModel.isId(id) != (owner == 2)) {
            throw refused(source);
        }
        return new ModelSource(id, ArtifactPath.of(below).from(owner + 2));
    }

    private static MlflowException refused(String source) {
        return MlflowException.invalid(
                "Invalid model version source: '" + source + "'. Expected files that were logged to this server:"
                        + " mlflow-artifacts:/EXPERIMENT/RUN/artifacts/PATH,"
                        + " runs:/RUN/PATH or models:/MODEL_ID");
    }

    /** Whether the files are those of a logged model. */
    boolean isOfModel() {
        return LoggedModel.isId(ownerId);
    }

    /** The files, with paths below the source; a single file by its name. Empty when nothing is there. */
    List<VersionFile> files(ArtifactStore artifacts) {
        List<VersionFile> files = new ArrayList<>();
        int from = path.isRoot() ? 0 : path.toString().length() + 1;
        for (VersionFile file : artifacts.files(ownerId, path)) {
            String name =
                    file.path().length() < from ? path.name() : file.path().substring(from);
            files.add(new VersionFile(name, file.bytes(), file.sha256()));
        }
        return files;
    }

    /** The same place in full. @param root where the owner's artifacts are */
    String uri(String root) {
        return root + (path.isRoot() ? "" : "/" + path);
    }

    /** Whether the source is, or holds, the artifact at this path. */
    boolean holds(ArtifactPath artifact) {
        return artifact.parts().size() >= path.parts().size()
                && artifact.parts().subList(0, path.parts().size()).equals(path.parts());
    }
}
