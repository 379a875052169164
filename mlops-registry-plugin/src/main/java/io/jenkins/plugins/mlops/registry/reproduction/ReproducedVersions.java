package io.jenkins.plugins.mlops.registry.reproduction;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The versions that reproductions registered: marked by a tag with the version that they were to make again. */
public final class ReproducedVersions {
    /** The tag's key; its value is the model and the number. */
    public static final String TAG = "mlops.reproduces";

    private static final Logger LOGGER = Logger.getLogger(ReproducedVersions.class.getName());
    private static final int MOST = 20;

    private ReproducedVersions() {}

    private static String value(String model, int version) {
        return model + " " + version;
    }

    /** The newest versions that were registered to make this one again. */
    public static List<ModelVersion> of(ModelVersion version) {
        return RegistryConnection.get()
                .registry()
                .versions(
                        VersionQuery.all().withTags(Map.of(TAG, value(version.model(), version.number()))),
                        Page.Request.first(MOST))
                .items();
    }

    /** Marks what a reproduction has registered, as soon as it is over. */
    @Extension
    public static final class Follower extends RunListener<Run<?, ?>> {
        @Override
        public void onCompleted(Run<?, ?> run, TaskListener listener) {
            ReproductionAction wanted = run.getAction(ReproductionAction.class);
            if (wanted == null) {
                return;
            }
            try {
                ModelRegistry registry = RegistryConnection.get().registry();
                String value = value(wanted.getModel(), wanted.getVersion());
                for (ModelVersion made : registry.versionsOf(run.getParent().getFullName(), run.getNumber())) {
                    registry.setTag(made.model(), made.number(), TAG, value, BuildReferences.startedBy(run));
                }
            } catch (RegistryException e) {
                LOGGER.log(Level.WARNING, e, () -> "What " + run + " has reproduced is not marked");
            }
        }
    }
}
