package io.jenkins.plugins.mlops.monitor.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.monitor.MonitorRecord;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.IOException;

/**
 * The version that a monitored endpoint serves, and the profile of the data it was trained on.
 *
 * @param version its number; 0 if nothing is served
 * @param profile the profile; null if its build has none any more
 */
record ServedData(int version, @CheckForNull DataProfile profile) {
    /** What serves now, by the registry. */
    static ServedData of(MonitorRecord monitor) {
        ModelRegistry registry = RegistryConnection.get().registry();
        Deployment serving = monitor.endpoint().isEmpty()
                ? null
                : registry.serving(monitor.endpoint()).orElse(null);
        if (serving == null) {
            return new ServedData(0, null);
        }
        try {
            return new ServedData(
                    serving.version(),
                    profile(BuildReferences.find(
                            registry.version(serving.model(), serving.version()).build())));
        } catch (RegistryException.NotFound | IOException x) {
            return new ServedData(serving.version(), null);
        }
    }

    @CheckForNull
    private static DataProfile profile(@CheckForNull Run<?, ?> build) throws IOException {
        LineageAction lineage = build == null ? null : build.getAction(LineageAction.class);
        if (lineage == null) {
            return null;
        }
        for (DatasetFact fact : lineage.getDatasets()) {
            DatasetSnapshot snapshot = fact.getRole().equals("train") ? lineage.snapshot(fact) : null;
            if (snapshot != null && snapshot.profile() != null) {
                return snapshot.profile();
            }
        }
        return null;
    }
}
