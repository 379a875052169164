package io.jenkins.plugins.mlops.registry;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelVersion;
import java.nio.file.Files;
import jenkins.util.VirtualFile;

/** Where the files of a version are: among the artifacts of the build that registered it, of an MLflow run, or imported. */
public final class ArchivedModel {
    private static final int SHORT = 12;

    private ArchivedModel() {}

    /**
     * The folder of a version's files among its build's artifacts. It follows from the content, so that archiving the
     * same files once more, after a restart, changes nothing.
     */
    public static String folder(String model, String digest) {
        int from = digest.indexOf(':') + 1;
        return "models/" + model + "/" + digest.substring(from, Math.min(digest.length(), from + SHORT));
    }

    /**
     * What a version keeps as its source: the path among the artifacts of the model itself, a folder or its only file.
     *
     * @param file the name of the model's only file; empty for a folder
     */
    public static String source(String model, String digest, String file) {
        return folder(model, digest) + (file.isEmpty() ? "" : "/" + file);
    }

    /** Whether the model is a folder, even of one file, and not that file itself. */
    public static boolean isFolder(ModelVersion version) {
        if (RunArtifacts.has(version)) {
            return !Files.isRegularFile(RunArtifacts.model(version));
        }
        if (ImportedFiles.has(version)) {
            return true;
        }
        String source = version.source();
        return source == null || source.equals(folder(version.model(), version.digest()));
    }

    /**
     * The folder with a version's files, to be read.
     *
     * @throws AbortException if the build, or its artifacts, are gone
     */
    public static VirtualFile open(ModelVersion version) throws AbortException {
        if (RunArtifacts.has(version)) {
            return VirtualFile.forFile(RunArtifacts.files(version).toFile());
        }
        if (ImportedFiles.has(version)) {
            return VirtualFile.forFile(ImportedFiles.files(version).toFile());
        }
        return build(version).getArtifactManager().root().child(folder(version.model(), version.digest()));
    }

    /**
     * The build that registered a version.
     *
     * @throws AbortException if there is none any more
     */
    public static Run<?, ?> build(ModelVersion version) throws AbortException {
        BuildRef reference = version.build();
        Run<?, ?> build = BuildReferences.find(reference);
        if (build == null) {
            throw new AbortException("Expected the build "
                    + (reference == null ? "of" : reference.displayName() + ", which registered")
                    + " version " + version.number() + " of model '" + version.model()
                    + "', to be there with its artifacts; it is gone or may not be read. Register the version again.");
        }
        return build;
    }
}
