package io.jenkins.plugins.mlops.registry.pages;

/** A metric that can be drawn. */
public record MetricChoice(String name, String url, boolean current) {
    public String getName() {
        return name;
    }

    public String getUrl() {
        return url;
    }

    public boolean isCurrent() {
        return current;
    }
}
