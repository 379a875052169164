package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;

/** One version's line in a list of versions. */
public final class VersionRow {
    private final ModelVersion version;
    private final List<String> metrics;
    private final List<String> aliases;

    VersionRow(ModelVersion version, List<String> metrics, List<String> aliases) {
        this.version = version;
        this.metrics = new ArrayList<>(metrics);
        this.aliases = new ArrayList<>(aliases);
    }

    public String getModel() {
        return version.model();
    }

    public String getModelUrl() {
        return Links.model(version.model());
    }

    public int getNumber() {
        return version.number();
    }

    public String getUrl() {
        return Links.version(version);
    }

    public List<String> getAliases() {
        return new ArrayList<>(aliases);
    }

    /** One text for each metric of the table; empty where the version has none. */
    public List<String> getCells() {
        return metrics.stream()
                .map(metric -> {
                    Double value = version.metrics().get(metric);
                    return value == null ? "" : NumberText.metric(value);
                })
                .toList();
    }

    public String getCreated() {
        return NumberText.time(version.createdMillis());
    }

    public String getCreatedBy() {
        return version.createdBy();
    }

    public String getBuild() {
        BuildRef build = version.build();
        return build == null ? "" : build.displayName();
    }

    @CheckForNull
    public String getBuildUrl() {
        return Links.build(version.build());
    }

    /** The description's first line. */
    public String getDescription() {
        return version.description().strip().split("\\R", 2)[0];
    }
}
