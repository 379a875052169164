package io.jenkins.plugins.mlops.registry.reproduction;

import hudson.model.Cause;
import java.util.Objects;

/** Why a build was started: somebody wants to see whether a version can be made again. */
public final class ReproductionCause extends Cause.UserIdCause {
    private final String model;
    private final int version;

    /** Names the present user. */
    ReproductionCause(String model, int version) {
        this.model = model;
        this.version = version;
    }

    @Override
    public String getShortDescription() {
        return Messages.ReproductionCause_description(model, String.valueOf(version), getUserName());
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof ReproductionCause cause
                && cause.model.equals(model)
                && cause.version == version;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), model, version);
    }
}
