package io.jenkins.plugins.mlops.monitor.retraining;

import hudson.model.Cause;
import org.kohsuke.stapler.export.Exported;

/** Says that a monitor has put a version back, which the endpoint's own job is to deploy. */
public final class RollbackCause extends Cause {
    private final String monitor;
    private final String model;
    private final String alias;
    private final int version;
    private final String reason;

    RollbackCause(String monitor, String model, String alias, int version, String reason) {
        this.monitor = monitor;
        this.model = model;
        this.alias = alias;
        this.version = version;
        this.reason = reason;
    }

    @Exported(visibility = 3)
    public String getMonitor() {
        return monitor;
    }

    @Exported(visibility = 3)
    public String getModel() {
        return model;
    }

    @Exported(visibility = 3)
    public String getAlias() {
        return alias;
    }

    /** The version that holds the alias again. */
    @Exported(visibility = 3)
    public int getVersion() {
        return version;
    }

    @Override
    public String getShortDescription() {
        return "Rollback of " + model + " to version " + version + " as '" + alias + "' by monitor " + monitor + ": "
                + reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RollbackCause that
                && monitor.equals(that.monitor)
                && version == that.version
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return monitor.hashCode() + version;
    }
}
