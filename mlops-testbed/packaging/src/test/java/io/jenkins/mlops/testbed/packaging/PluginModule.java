package io.jenkins.mlops.testbed.packaging;

import java.nio.file.Path;

/** The plugins of the suite and where their builds put things. */
enum PluginModule {
    REGISTRY("mlops-registry-plugin", "mlops-registry", "io.jenkins.plugins.mlops.registry"),
    STEPS("mlops-pipeline-steps", "mlops-pipeline-steps", "io.jenkins.plugins.mlops.steps"),
    MONITOR("mlops-monitor-plugin", "mlops-monitor", "io.jenkins.plugins.mlops.monitor");

    private static final Path ROOT = Path.of(System.getProperty("mlops.root"));

    private final String folder;
    private final String shortName;
    private final String basePackage;

    PluginModule(String folder, String shortName, String basePackage) {
        this.folder = folder;
        this.shortName = shortName;
        this.basePackage = basePackage;
    }

    /** The checkout. */
    static Path root() {
        return ROOT;
    }

    Path folder() {
        return ROOT.resolve(folder);
    }

    String shortName() {
        return shortName;
    }

    /** The package that holds all of the plugin's classes. */
    String basePackage() {
        return basePackage;
    }

    Path hpi() {
        return folder().resolve("target/testbed/" + shortName + ".hpi");
    }
}
