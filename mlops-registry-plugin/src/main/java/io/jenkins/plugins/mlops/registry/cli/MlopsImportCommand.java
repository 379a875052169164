package io.jenkins.plugins.mlops.registry.cli;

import hudson.Extension;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.jdbc.RegistryFile;
import io.jenkins.plugins.mlops.registry.RegistryTransfer;
import java.io.IOException;
import jenkins.model.Jenkins;

/** The command {@code mlops-import}: fills an empty registry from an export in the standard input. */
@Extension
public final class MlopsImportCommand extends RegistryCommand {
    @Override
    public String getShortDescription() {
        return Messages.MlopsImportCommand_shortDescription();
    }

    @Override
    void checkPermission() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
    }

    @Override
    int work(ModelRegistry registry) throws IOException {
        RegistryFile.Content content = RegistryTransfer.get().load(stdin);
        content.tables().forEach((table, rows) -> stdout.println(table + " " + rows));
        stdout.println(content.rows() + " rows imported");
        return 0;
    }
}
