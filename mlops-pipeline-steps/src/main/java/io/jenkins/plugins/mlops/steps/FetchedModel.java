package io.jenkins.plugins.mlops.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code fetchModel} returns: a version whose files are in the workspace, readable in a sandboxed Jenkinsfile. */
public final class FetchedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int version;
    private final String digest;
    private final String dir;
    private final String file;
    private final ArrayList<String> files;

    FetchedModel(String model, int version, String digest, String dir, String file, List<String> files) {
        this.model = model;
        this.version = version;
        this.digest = digest;
        this.dir = dir;
        this.file = file;
        this.files = new ArrayList<>(files);
    }

    @Whitelisted
    public String getModel() {
        return model;
    }

    @Whitelisted
    public int getVersion() {
        return version;
    }

    /** The SHA-256 over all files of the version, {@code sha256:} and 64 hexadecimal digits. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The folder of the workspace that the files are in. */
    @Whitelisted
    public String getDir() {
        return dir;
    }

    /** The model itself, relative to the workspace: the folder, or the file where the model is one file. */
    @Whitelisted
    public String getPath() {
        return file.isEmpty() ? dir : dir.equals(".") ? file : dir + "/" + file;
    }

    /** The files' paths below the folder, sorted. */
    @Whitelisted
    public List<String> getFiles() {
        return Collections.unmodifiableList(files);
    }

    @Whitelisted
    @Override
    public String toString() {
        return model + " version " + version + " in '" + dir + "'";
    }
}
