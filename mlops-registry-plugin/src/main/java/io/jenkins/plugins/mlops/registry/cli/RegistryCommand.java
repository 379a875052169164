package io.jenkins.plugins.mlops.registry.cli;

import hudson.AbortException;
import hudson.cli.CLICommand;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;

/** A command on the registry; what the registry refuses ends it with one sentence. */
abstract class RegistryCommand extends CLICommand {
    @Override
    protected final int run() throws Exception {
        checkPermission();
        try {
            return work(RegistryConnection.get().registry());
        } catch (RegistryException x) {
            AbortException refused = new AbortException(x.getMessage());
            refused.initCause(x);
            throw refused;
        }
    }

    /** Refuses whoever may not use the command at all, before anything is read. */
    abstract void checkPermission();

    /** Does the work. @return the exit code */
    abstract int work(ModelRegistry registry) throws Exception;
}
