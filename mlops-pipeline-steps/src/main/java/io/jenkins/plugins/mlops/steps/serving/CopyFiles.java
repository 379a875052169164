package io.jenkins.plugins.mlops.steps.serving;

import io.jenkins.mlops.serving.HostTask;
import io.jenkins.mlops.serving.ReleaseFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Copies files of a workspace into the folder of a release, on their machine. */
record CopyFiles(String workspace, List<String> files, String state, String endpoint, String release)
        implements HostTask<ReleaseFiles.Copied> {
    CopyFiles {
        files = new ArrayList<>(files);
    }

    @Override
    public ReleaseFiles.Copied run() throws IOException {
        return ReleaseFiles.copy(workspace, files, state, endpoint, release);
    }
}
