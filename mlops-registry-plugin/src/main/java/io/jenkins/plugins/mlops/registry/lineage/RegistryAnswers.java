package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the registry says today about what a build recorded.
 *
 * <p>A page must not fail because the registry does: without an answer it shows what the build itself knows. After the
 * first failure nothing more is asked, so that a page waits for one time-out at the most.
 */
public final class RegistryAnswers {
    private static final Logger LOGGER = Logger.getLogger(RegistryAnswers.class.getName());

    private final Supplier<ModelRegistry> registry;
    private final Supplier<TrackingStore> tracking;
    private String problem = "";

    RegistryAnswers(Supplier<ModelRegistry> registry, Supplier<TrackingStore> tracking) {
        this.registry = registry;
        this.tracking = tracking;
    }

    /** Answers of the controller's registry. */
    public static RegistryAnswers ofController() {
        return new RegistryAnswers(
                () -> RegistryConnection.get().registry(),
                () -> RegistryConnection.get().tracking());
    }

    @CheckForNull
    private <T> T ask(Supplier<T> question) {
        if (!problem.isEmpty()) {
            return null;
        }
        try {
            return question.get();
        } catch (RegistryException.NotFound e) {
            return null;
        } catch (RegistryException e) {
            LOGGER.log(Level.WARNING, () -> "A page goes without the registry: " + e.getMessage());
            problem = String.valueOf(e.getMessage());
            return null;
        }
    }

    /** Why there are no answers; empty if there are. */
    String problem() {
        return problem;
    }

    @CheckForNull
    TrackedRun run(String id) {
        return ask(() -> tracking.get().run(id));
    }

    List<MetricPoint> series(String run, String metric, int points) {
        List<MetricPoint> series = ask(() -> tracking.get().metricSeries(run, metric, points));
        return series == null ? List.of() : series;
    }

    @CheckForNull
    ModelVersion version(String model, int number) {
        return ask(() -> registry.get().version(model, number));
    }

    @CheckForNull
    Promotion promotion(String id) {
        return ask(() -> registry.get().promotion(id));
    }

    @CheckForNull
    Deployment serving(String endpoint) {
        Optional<Deployment> serving = ask(() -> registry.get().serving(endpoint));
        return serving == null ? null : serving.orElse(null);
    }
}
