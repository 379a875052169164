package io.jenkins.plugins.mlops.steps;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs {@code fetchModel}: brings what is missing, checks every digest on the agent, and only then gives a file its name.
 *
 * <p>So no file under its own name is ever half there or another's content, and the step can be run once more.
 */
final class FetchModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final FetchModelStep step;

    FetchModelExecution(StepContext context, FetchModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    void work() throws Exception {
        String model = ModelName.check(step.getName());
        ModelVersion version = VersionChoice.of(registry().registry(), model, step.getVersion(), step.getAlias());
        FilePath workspace = workspace();
        FetchedFiles.Survey survey = workspace.act(new FetchedFiles.Look(step.getDir(), version.files()));
        if (!survey.wanted().isEmpty()) {
            VirtualFile source = ArchivedModel.open(version);
            for (int index : survey.wanted()) {
                bring(workspace, source, version, version.files().get(index));
            }
        }
        List<VersionFile> files = version.files();
        listener()
                .getLogger()
                .println("[mlops] fetched " + model + " version " + version.number() + " into '" + step.getDir() + "': "
                        + files.size() + (files.size() == 1 ? " file, " : " files, ")
                        + SnapshotText.size(
                                files.stream().mapToLong(VersionFile::bytes).sum())
                        + ", " + SnapshotText.shortDigest(version.digest())
                        + (survey.wanted().isEmpty() ? ", all there already" : ""));
        if (survey.others() > 0) {
            listener()
                    .getLogger()
                    .println("[mlops] '" + step.getDir() + "' also has " + survey.others()
                            + (survey.others() == 1 ? " file" : " files") + " that the version doesn't have");
        }
        getContext()
                .onSuccess(new FetchedModel(
                        model,
                        version.number(),
                        version.digest(),
                        step.getDir(),
                        ArchivedModel.isFolder(version) ? "" : files.get(0).path(),
                        files.stream().map(VersionFile::path).toList()));
    }

    private void bring(FilePath workspace, VirtualFile source, ModelVersion version, VersionFile file)
            throws IOException, InterruptedException {
        VirtualFile artifact = source.child(file.path());
        if (!artifact.isFile()) {
            throw new AbortException("Expected the artifact '" + file.path() + "' of version " + version.number()
                    + " of model '" + version.model() + "', found none. Its build's artifacts were removed: register"
                    + " the version again.");
        }
        String arriving = workspace.act(new FetchedFiles.Prepare(step.getDir(), file));
        try (InputStream in = artifact.open()) {
            workspace.child(arriving).copyFrom(in);
        }
        String found = workspace.act(new FetchedFiles.Place(step.getDir(), file, arriving));
        if (!found.equals(file.sha256())) {
            throw new AbortException("Expected the file '" + file.path() + "' of version " + version.number()
                    + " of model '" + version.model() + "' to have SHA-256 " + file.sha256() + ", found " + found
                    + ". The artifact was changed after it was registered: it is not used.");
        }
    }

    @Override
    public String getStatus() {
        return "fetching " + step.getName();
    }
}
