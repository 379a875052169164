package io.jenkins.plugins.mlops.monitor.watch;

import io.jenkins.mlops.monitor.window.WindowResult;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.ServedQuery;

/**
 * Which version made the predictions of a window: the one that served in its middle, which a look after a rollout finds
 * replaced.
 *
 * @param endpoint the endpoint's name; empty for none
 * @param now the version that serves at the look: of windows without times, and where the history doesn't tell
 */
record ServedVersions(ModelRegistry registry, String endpoint, int now) {
    /** The version of a window. */
    int of(WindowResult window) {
        long start = window.startMillis();
        long end = window.endMillis();
        if (end == 0 || endpoint.isEmpty()) {
            return now;
        }
        ServedQuery middle = ServedQuery.at(start + (end - start) / 2).ofEndpoint(endpoint);
        return registry.endpointsAt(middle, Page.Request.first(1)).items().stream()
                .findFirst()
                .map(served -> served.version().number())
                .orElse(now);
    }
}
