package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.security.Permission;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/** Tells administrators of something that needs them. */
public abstract class AdministrativeMonitor implements ModelObject, ExtensionPoint, StaplerProxy {
    public final String id;
    private volatile boolean disabled;

    protected AdministrativeMonitor(String id) {
        this.id = id;
    }

    protected AdministrativeMonitor() {
        this.id = getClass().getName();
    }

    public String getUrl() {
        return "administrativeMonitor/" + id;
    }

    @Override
    public String getDisplayName() {
        return id;
    }

    public void disable(boolean value) throws IOException {
        disabled = value;
    }

    public boolean isEnabled() {
        return !disabled;
    }

    public abstract boolean isActivated();

    public boolean isSecurity() {
        return false;
    }

    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(getRequiredPermission());
        return this;
    }

    public static ExtensionList<AdministrativeMonitor> all() {
        return Jenkins.get().getExtensionList(AdministrativeMonitor.class);
    }
}
