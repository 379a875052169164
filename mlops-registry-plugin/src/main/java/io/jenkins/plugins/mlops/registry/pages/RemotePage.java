package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.Drift;
import io.jenkins.mlops.registry.mlflow.OutsideVersion;
import io.jenkins.mlops.registry.mlflow.RemoteLink;
import io.jenkins.mlops.registry.mlflow.RemoteState;
import io.jenkins.mlops.registry.mlflow.RemoteTask;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.NamedText;
import io.jenkins.plugins.mlops.registry.remote.RemoteRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page on how a model stands at the MLflow server: what waits, what was changed there, what others registered. */
public final class RemotePage extends MlopsPage {
    private static final int MOST = 25;

    private final ModelPage model;

    RemotePage(ModelPage model) {
        this.model = model;
    }

    @Override
    void admit() {
        if (!reader().seesAll()) {
            throw new RegistryException.NotFound("There is no server that you may see.");
        }
        model.admit();
    }

    @Override
    public String getDisplayName() {
        return Messages.RemotePage_displayName();
    }

    @Override
    public String getTitle() {
        return Messages.RemotePage_title(model.getName());
    }

    public String getUrl() {
        return model.getUrl() + "remote/";
    }

    private static RemoteRegistry remote() {
        return RemoteRegistry.get();
    }

    /** Whether there is anything to show, for those who may see all. */
    public boolean isShown() {
        return reader().seesAll() && remote().state().isPresent();
    }

    public String getServer() {
        return remote().state().map(RemoteState::server).orElse("");
    }

    public String getOffers() {
        return remote().state().map(RemoteState::offers).orElse("");
    }

    /** Why the server is not reached; empty if it is. */
    public String getFailure() {
        return remote().state().map(RemoteState::failure).orElse("");
    }

    /** What waits to be written there, or was refused, oldest first. */
    public List<RemoteTask> getTasks() {
        return isShown() ? remote().store().tasks(model.getName(), MOST) : List.of();
    }

    public List<Drift> getDrifts() {
        return isShown() ? remote().store().drifts(model.getName()) : List.of();
    }

    /** A stretch of the versions that others registered there, newest first. */
    public List<OutsideVersion> getOutside() {
        return outside().items();
    }

    /** The way through the versions that others registered there. */
    public Pager getPager() {
        return new Pager(outside(), getUrl(), Map.of(), "outside");
    }

    private Listing<OutsideVersion> outside() {
        return isShown()
                ? remote().store().outside(model.getName(), Pager.offset(parameter("page"), MOST), MOST)
                : new Listing<>(List.of(), 0, 0, MOST);
    }

    /** Which version is which there, newest first. */
    public List<RemoteLink> getLinks() {
        if (!isShown()) {
            return List.of();
        }
        Map<Integer, RemoteLink> newest = new TreeMap<>(java.util.Comparator.reverseOrder());
        remote().store().links(model.getName()).forEach(link -> newest.put(link.number(), link));
        return newest.values().stream().limit(MOST).toList();
    }

    /** What became of imports of this model since Jenkins started. */
    public List<NamedText> getImports() {
        Map<String, String> own = new TreeMap<>();
        String prefix = model.getName() + " ";
        remote().imports().forEach((key, outcome) -> {
            if (key.startsWith(prefix) && key.substring(prefix.length()).matches("[0-9]+")) {
                own.put(key.substring(prefix.length()), outcome);
            }
        });
        return NamedText.of(own);
    }

    public boolean isRestorable() {
        return reader().may(MlopsPermissions.APPROVE) && !reader().id().isEmpty();
    }

    public boolean isImportable() {
        return reader().may(MlopsPermissions.REGISTER) && !reader().id().isEmpty();
    }

    /** Puts an alias back at the server as it is on record. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doRestore(@QueryParameter String alias) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Decisions.answer(
                this,
                getUrl(),
                () -> remote().restore(model.getName(), alias == null ? "" : alias, Decisions.person()));
    }

    /** Registers a version that others registered at the server. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doImport(@QueryParameter String version) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        return Decisions.answer(
                this,
                getUrl(),
                () -> remote().bring(model.getName(), VersionPage.wholeNumber(version), Decisions.person()));
    }
}
