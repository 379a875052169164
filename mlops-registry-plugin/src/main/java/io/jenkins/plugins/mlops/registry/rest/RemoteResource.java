package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.OutsideVersion;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.remote.RemoteRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The MLflow server that follows the registry: how it stands, what waits for it, what was changed there. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class RemoteResource {
    private static final int MOST = 100;

    /** How the registry and the server stand to each other; {@code state} is absent where there is no server. */
    @GET
    public HttpResponse doIndex() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> {
            Map<String, Object> answer = new LinkedHashMap<>();
            RemoteRegistry remote = RemoteRegistry.get();
            answer.put("configured", remote.isConfigured());
            remote.state().ifPresent(state -> {
                answer.put("state", state);
                answer.put("drifts", remote.drifts(MOST));
                answer.put("tasks", remote.store().tasks(null, MOST));
                answer.put("imports", remote.imports());
            });
            return answer;
        });
    }

    /**
     * A model's versions that others registered at the server, newest first, {@value #MOST} at a time.
     *
     * @param page which hundred, from 0; none for the first
     */
    @GET
    @WebMethod(name = "outside")
    public HttpResponse doOutside(@QueryParameter String model, @QueryParameter String page) {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> {
            Listing<OutsideVersion> found =
                    RemoteRegistry.get().store().outside(String.valueOf(model), MOST * page(page), MOST);
            return Map.of("versions", found.items(), "total", found.total());
        });
    }

    private static int page(@CheckForNull String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        if (!text.trim().matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("expected a page's number from 0, found '" + text + "'");
        }
        return Integer.parseInt(text.trim());
    }

    /**
     * Puts an alias back at the server as it is on record, soon.
     *
     * @param model the model's name
     * @param alias the alias; empty where the model itself is gone there
     */
    @RequirePOST
    @WebMethod(name = "restore")
    public HttpResponse doRestore(@QueryParameter String model, @QueryParameter String alias) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Answers.json(() -> {
            RemoteRegistry.get().restore(model, alias == null ? "" : alias, person());
            return Map.of("restoring", true);
        });
    }

    /**
     * Registers a version that others registered at the server, in the background: {@code imports} tells how it went.
     *
     * @param model the model's name
     * @param version the version's number at the server
     */
    @RequirePOST
    @WebMethod(name = "import")
    public HttpResponse doImport(@QueryParameter String model, @QueryParameter String version) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        return Answers.json(() -> {
            RemoteRegistry.get().bring(model, number(version), person());
            return Map.of("importing", true);
        });
    }

    private static int number(@CheckForNull String text) {
        if (text == null || !text.trim().matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("expected a version's number at the server, found '" + text + "'");
        }
        return Integer.parseInt(text.trim());
    }

    private static String person() {
        User user = User.current();
        if (user == null) {
            throw new RegistryException.Forbidden("This needs an identified user: log in, or use an API token.");
        }
        return user.getId();
    }
}
