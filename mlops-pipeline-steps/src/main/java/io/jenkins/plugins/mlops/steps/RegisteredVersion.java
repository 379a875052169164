package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code registerModel} returns: one version of a registered model, readable in a sandboxed Jenkinsfile. */
public final class RegisteredVersion implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int number;
    private final String digest;

    RegisteredVersion(String model, int number, String digest) {
        this.model = model;
        this.number = number;
        this.digest = digest;
    }

    @Whitelisted
    public String getModel() {
        return model;
    }

    /** The model's name, as the step's own option and MLflow call it. */
    @Whitelisted
    public String getName() {
        return model;
    }

    /** The version's number: 1 for the first version of a model, without gaps. */
    @Whitelisted
    public int getNumber() {
        return number;
    }

    /** The same number under the name that the other steps use for it. */
    @Whitelisted
    public int getVersion() {
        return number;
    }

    /** The SHA-256 over all files of the version, {@code sha256:} and 64 hexadecimal digits. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    @Whitelisted
    @Override
    public String toString() {
        return model + " version " + number;
    }
}
