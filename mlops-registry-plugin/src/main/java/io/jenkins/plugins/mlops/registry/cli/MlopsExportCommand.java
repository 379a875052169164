package io.jenkins.plugins.mlops.registry.cli;

import hudson.Extension;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.plugins.mlops.registry.RegistryTransfer;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The command {@code mlops-export}: writes the whole registry to the standard output. */
@Extension
public final class MlopsExportCommand extends RegistryCommand {
    @Override
    public String getShortDescription() {
        return Messages.MlopsExportCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    @Override
    int work(ModelRegistry registry) throws IOException {
        RegistryTransfer.get().export(stdout);
        stdout.flush();
        if (stdout.checkError()) {
            throw new IOException("The export was not written to its end; try again");
        }
        return 0;
    }
}
