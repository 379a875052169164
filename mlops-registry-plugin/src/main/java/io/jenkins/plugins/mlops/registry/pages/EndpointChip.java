package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.Deployment;
import io.jenkins.plugins.mlops.registry.lineage.Badge;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;

/** An endpoint with what it serves. */
public record EndpointChip(Deployment deployment) {
    public String getName() {
        return deployment.endpoint();
    }

    public String getVersion() {
        return Messages.version(String.valueOf(deployment.version()));
    }

    public String getVersionUrl() {
        return Links.version(deployment.model(), deployment.version());
    }

    public Badge getBadge() {
        return Badge.of(deployment.state().name());
    }

    public String getSince() {
        return NumberText.time(deployment.changedMillis());
    }

    public String getMessage() {
        return deployment.message();
    }
}
