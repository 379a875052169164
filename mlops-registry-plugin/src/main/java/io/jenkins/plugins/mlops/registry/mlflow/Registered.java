package io.jenkins.plugins.mlops.registry.mlflow;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.LoggedMetrics;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What registering a version means: the metrics of its run become evidence, and the build of its run is kept and shows
 * the version.
 */
final class Registered {
    private static final Logger LOGGER = Logger.getLogger(Registered.class.getName());

    private Registered() {}

    static void note(ModelVersion version) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            LoggedMetrics.keep(version);
            Run<?, ?> build = BuildReferences.find(version.build());
            if (build == null) {
                return;
            }
            BuildKeep.keep(build);
            String run = version.runId();
            LineageAction.of(build)
                    .record(new VersionFact(
                            version.model(), version.number(), version.digest(), run == null ? "" : run, ""));
        } catch (IOException | RegistryException x) {
            // The version stands; what the build shows of it is read from the registry, too.
            LOGGER.log(
                    Level.WARNING,
                    x,
                    () -> "The build of " + version.model() + " " + version.number() + " could not be told of it");
        }
    }
}
