package io.jenkins.plugins.mlops.registry.lineage;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model version that the build registered, as kept in {@code build.xml}. */
@ExportedBean(defaultVisibility = 3)
public final class VersionFact implements Fact {
    private final String model;
    private final int number;
    private final String digest;
    private final String runId;
    private final String evaluationId;

    public VersionFact(String model, int number, String digest, String runId, String evaluationId) {
        this.model = model;
        this.number = number;
        this.digest = digest;
        this.runId = runId;
        this.evaluationId = evaluationId;
    }

    @Override
    public String key() {
        return model + " " + number;
    }

    /** The model's name. */
    @Exported
    public String getModel() {
        return model;
    }

    /** The version's number. */
    @Exported
    public int getNumber() {
        return number;
    }

    /** The digest over its files. */
    @Exported
    public String getDigest() {
        return digest;
    }

    /** The run that trained it, or empty. */
    @Exported
    public String getRunId() {
        return runId;
    }

    /** The evaluation it was registered with, or empty. */
    @Exported
    public String getEvaluationId() {
        return evaluationId;
    }

    /** Where the version's page is, from the root of Jenkins. */
    public String getPath() {
        return VersionView.path(model, number);
    }
}
