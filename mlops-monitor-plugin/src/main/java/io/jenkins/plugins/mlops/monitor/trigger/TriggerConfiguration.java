package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The administrator's settings of triggers: what of the controller's own files may be watched, how many webhooks come. */
@Extension
@Symbol("mlopsTriggers")
public final class TriggerConfiguration extends GlobalConfiguration {
    private static final int MOST_HOOKS = 100_000;

    private String controllerPaths = "";
    private int hooksPerMinute = 600;

    public TriggerConfiguration() {
        load();
    }

    public static TriggerConfiguration get() {
        return ExtensionList.lookupSingleton(TriggerConfiguration.class);
    }

    public String getControllerPaths() {
        return controllerPaths;
    }

    /**
     * Sets the folders of the controller that jobs may watch, one absolute path a line. None by default: whoever writes a
     * Jenkinsfile could otherwise learn of any file of the controller whether it is there and when it changes.
     *
     * @throws IllegalArgumentException for a path that is none or not absolute
     */
    @DataBoundSetter
    public void setControllerPaths(@CheckForNull String controllerPaths) {
        String given = Util.fixNull(controllerPaths).trim();
        roots(given);
        this.controllerPaths = given;
        save();
    }

    public int getHooksPerMinute() {
        return hooksPerMinute;
    }

    /** Sets how many genuine webhooks are taken in a minute, for all jobs together; from 1 to {@value #MOST_HOOKS}. */
    @DataBoundSetter
    public void setHooksPerMinute(int hooksPerMinute) {
        if (hooksPerMinute < 1 || hooksPerMinute > MOST_HOOKS) {
            throw new IllegalArgumentException(
                    "hooksPerMinute: expected from 1 to " + MOST_HOOKS + ", found " + hooksPerMinute);
        }
        this.hooksPerMinute = hooksPerMinute;
        save();
    }

    /** The folders that may be watched. */
    public List<String> roots() {
        return roots(Util.fixNull(controllerPaths));
    }

    private static List<String> roots(String lines) {
        List<String> roots = new ArrayList<>();
        for (String line : lines.split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            Path path;
            try {
                path = Path.of(line.trim());
            } catch (InvalidPathException x) {
                throw new IllegalArgumentException(
                        "controllerPaths: expected an absolute path a line, found '" + line + "'", x);
            }
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException(
                        "controllerPaths: expected an absolute path a line, found '" + line + "'");
            }
            roots.add(path.normalize().toString());
        }
        return roots;
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.TriggerConfiguration_displayName();
    }
}
