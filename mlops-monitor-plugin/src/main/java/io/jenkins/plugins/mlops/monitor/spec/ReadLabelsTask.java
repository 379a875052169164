package io.jenkins.plugins.mlops.monitor.spec;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.WorkspacePath;
import io.jenkins.mlops.monitor.window.LabelFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Reads labels where they lie.
 *
 * @param file path in the workspace
 * @param columns what to take
 */
record ReadLabelsTask(String file, LabelFile columns) implements ControllerToAgentFileCallable<LabelFile.Content> {
    @Override
    public LabelFile.Content invoke(File workspace, VirtualChannel channel) throws IOException {
        Path labels = WorkspacePath.resolve(workspace.toPath(), file).path();
        if (!Files.isRegularFile(labels)) {
            throw new DataException("Expected a file of labels at '" + file + "' in the workspace (option file), found "
                    + (Files.isDirectory(labels) ? "a folder." : "none."));
        }
        return columns.read(labels);
    }
}
