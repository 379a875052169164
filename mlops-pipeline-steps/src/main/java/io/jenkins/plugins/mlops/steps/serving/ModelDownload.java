package io.jenkins.plugins.mlops.steps.serving;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.FileDigests;
import io.jenkins.mlops.data.WriteFailure;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import jenkins.agents.ControllerToAgentFileCallable;
import jenkins.util.VirtualFile;

/** Brings the files of a version from its build's artifacts to a machine, and checks each against its digest there. */
final class ModelDownload {
    private static final String FOLDER = "mlops-model";

    private final ModelVersion version;

    ModelDownload(ModelVersion version) {
        this.version = version;
    }

    /**
     * Brings the files below a folder; those that are there and whole are not brought again.
     *
     * @return the folder with the model; for a model of one file, that file
     * @throws AbortException if an artifact is gone or is not what was registered
     */
    FilePath into(FilePath folder) throws IOException, InterruptedException {
        FilePath goal = folder.child(FOLDER);
        VirtualFile source = ArchivedModel.open(version);
        for (VersionFile file : version.files()) {
            FilePath copy = goal.child(file.path());
            if (!file.sha256().equals(copy.act(new Sha256()))) {
                bring(source.child(file.path()), copy, file);
            }
        }
        return ArchivedModel.isFolder(version)
                ? goal
                : goal.child(version.files().get(0).path());
    }

    private void bring(VirtualFile artifact, FilePath copy, VersionFile file) throws IOException, InterruptedException {
        if (!artifact.isFile()) {
            throw new AbortException("Expected the artifact '" + artifact.getName() + "' of version "
                    + version.number() + " of model '" + version.model()
                    + "', found none. Its build's artifacts were removed: register the version again.");
        }
        FilePath folder = copy.getParent();
        try (InputStream in = artifact.open()) {
            if (folder != null) {
                folder.mkdirs();
            }
            copy.copyFrom(in);
        } catch (IOException x) {
            AbortException explained = new AbortException(WriteFailure.explain(
                    "the file '" + file.path() + "' of version " + version.number() + " of model '" + version.model()
                            + "'",
                    copy.getRemote(),
                    x));
            explained.initCause(x);
            throw explained;
        }
        String found = copy.act(new Sha256());
        if (!file.sha256().equals(found)) {
            copy.delete();
            throw new AbortException("Expected the file '" + file.path() + "' of version " + version.number()
                    + " of model '" + version.model() + "' to have SHA-256 " + file.sha256() + ", found " + found
                    + ". The artifact was changed after it was registered: it is not used.");
        }
    }

    /** The SHA-256 of a file where it lies, in hexadecimal; empty if there is none. */
    private record Sha256() implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File file, VirtualChannel channel) throws IOException {
            return file.isFile()
                    ? FileDigests.of(file.toPath(), FileDigests.SHA_256).hex(FileDigests.SHA_256)
                    : "";
        }
    }
}
