package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.ModelObject;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;

/** What the registry's pages have in common: the side panel, the reader, and what to say when something fails. */
public abstract class MlopsPage implements ModelObject, StaplerProxy {
    private static final Logger LOGGER = Logger.getLogger(MlopsPage.class.getName());

    private final Reader reader = new Reader();
    private String problem = "";

    Reader reader() {
        return reader;
    }

    static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    static ModelCatalog catalog() {
        return registry().catalog();
    }

    /** One door for the page, its parts and its changes. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.READ);
        try {
            admit();
        } catch (RegistryException.NotFound | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "Not shown: " + getDisplayName());
            throw HttpResponses.errorWithoutStack(404, String.valueOf(e.getMessage()));
        } catch (RegistryException.Unavailable e) {
            throw HttpResponses.errorWithoutStack(503, String.valueOf(e.getMessage()));
        }
        return this;
    }

    /** Throws {@link RegistryException.NotFound} unless the reader may see what the page is about. */
    void admit() {}

    /** What went wrong with the change that was asked for; empty if nothing did. */
    public String getProblem() {
        return problem;
    }

    void fail(String reason) {
        problem = reason;
    }

    /** The title of the browser's window. */
    public String getTitle() {
        return getDisplayName();
    }

    /** How many promotions wait for the reader; null for none. */
    @CheckForNull
    public Badge getInboxBadge() {
        return InboxLink.badge(InboxLink.get().awaited(reader));
    }

    /** Where the endpoints are shown, if the plugin that does it is installed; else null. */
    @CheckForNull
    public String getEndpointsUrl() {
        for (Action action : Jenkins.get().getActions()) {
            if ("mlops-endpoints".equals(action.getUrlName()) && action.getIconFileName() != null) {
                return Links.root() + "/mlops-endpoints/";
            }
        }
        return null;
    }

    /** Whether there is anything in the registry. */
    public boolean isStarted() {
        return RegistryConnection.get().hasRecords();
    }

    @CheckForNull
    static String parameter(String name) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String value = request == null ? null : request.getParameter(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    static int number(@CheckForNull String text, int otherwise) {
        try {
            return text == null ? otherwise : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
