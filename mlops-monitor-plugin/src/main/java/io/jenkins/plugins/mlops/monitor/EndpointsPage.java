package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/** The page {@code <jenkins>/mlops-endpoints/}: every endpoint that serves, every monitor, and how they are. */
@Extension
public final class EndpointsPage implements RootAction, StaplerProxy {
    @CheckForNull
    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-heart" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.EndpointsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops-endpoints";
    }

    /** One door for the page, the pages below it and the API; what is listed there depends on the reader. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return this;
    }

    /** The page of one monitor; null if there is none that the reader may see. */
    @CheckForNull
    public MonitorPage getMonitor(String name) {
        return RegistryConnection.get().hasRecords()
                ? RegistryConnection.get()
                        .monitors()
                        .monitor(name)
                        .filter(MonitorAccess::sees)
                        .map(MonitorPage::new)
                        .orElse(null)
                : null;
    }

    /** Endpoints and monitors in Prometheus' text format, for those who may see all models. */
    @GET
    @WebMethod(name = "prometheus")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doPrometheus() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return new MetricsText(EndpointsList.visibleEndpoints(), EndpointsList.visibleMonitors());
    }

    /** What the request asks for. */
    @Restricted(NoExternalUse.class) // index.jelly
    public EndpointsList getOverview() {
        return new EndpointsList();
    }

    /** The remote API: what the page shows, a page of each list at a time. */
    public Api getApi() {
        return new Api(getOverview());
    }
}
