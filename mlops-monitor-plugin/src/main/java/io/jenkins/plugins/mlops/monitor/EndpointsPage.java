package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page {@code <jenkins>/mlops-endpoints/}: every endpoint that serves, and how it is. */
@Extension
@ExportedBean
public final class EndpointsPage implements RootAction, StaplerProxy {
    @CheckForNull
    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(MlopsPermissions.VIEW) ? "symbol-heart" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops-endpoints";
    }

    /** One door for the page and its API. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    @Restricted(NoExternalUse.class) // index.jelly and api
    public List<EndpointHealth> getEndpoints() {
        return EndpointWatch.get().getEndpoints();
    }
}
