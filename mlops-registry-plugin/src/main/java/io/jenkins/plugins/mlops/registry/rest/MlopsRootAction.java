package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.UnprotectedRootAction;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.tracking.mlflow.MlflowServer;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.RegistryTransfer;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.mlflow.BearerDoor;
import io.jenkins.plugins.mlops.registry.pages.DigestPage;
import io.jenkins.plugins.mlops.registry.pages.InboxPage;
import io.jenkins.plugins.mlops.registry.pages.ModelPage;
import io.jenkins.plugins.mlops.registry.pages.ModelsPage;
import io.jenkins.plugins.mlops.registry.pages.SweepPage;
import io.jenkins.plugins.mlops.registry.rebuild.RegistryRebuild;
import io.jenkins.plugins.mlops.registry.remote.WebhookDoor;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/**
 * The registry's root below {@code <jenkins>/mlops/}.
 *
 * <p>Pages: the models here, {@code model/NAME}, {@code inbox}, {@code digest}, {@code sweep}. JSON: {@code models}, {@code models/NAME}, {@code promotions}, {@code promotions/ID}, {@code endpoints}, {@code ledger}.
 */
@Extension
@ExportedBean
public final class MlopsRootAction implements UnprotectedRootAction, StaplerProxy {
    private static final int PAGE = 100;

    @CheckForNull
    @Override
    public String getIconFileName() {
        return Jenkins.get().hasPermission(Jenkins.READ) ? "symbol-cube" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.MlopsRootAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops";
    }

    /**
     * Asks for Overall/Read, as Jenkins does before every page, except where a run's token or a signature is asked for
     * instead.
     */
    @Override
    public Object getTarget() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        if (!BearerDoor.lets(request) && !WebhookDoor.lets(request)) {
            Jenkins.get().checkPermission(Jenkins.READ);
        }
        return this;
    }

    /** The remote API: this one's, and MLflow's at {@code api/2.0/}. */
    public Api getApi() {
        return new MlopsApi(this);
    }

    /** Where the parts of the remote API are, absolute, by their names. */
    @Exported
    @Restricted(NoExternalUse.class) // bound to the page
    public Map<String, String> getAddresses() {
        String root = Jenkins.get().getRootUrlFromRequest() + getUrlName() + "/";
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String part : List.of("openapi.json", "models/", "promotions/", "endpoints", "ledger/")) {
            addresses.put(part.replaceFirst("[./].*", ""), root + part);
        }
        return addresses;
    }

    /** The MLflow whose API is offered, as its clients ask for it. */
    @GET
    @WebMethod(name = "version")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doVersion() {
        return HttpResponses.text(MlflowServer.VERSION);
    }

    /** Says that the server is there, as MLflow's clients ask for it. */
    @GET
    @WebMethod(name = "health")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doHealth() {
        return HttpResponses.text("OK");
    }

    /** The page of all models, which is this action's own. */
    public ModelsPage getOverview() {
        return new ModelsPage();
    }

    /** The page of one model. */
    public ModelPage getModel(String name) {
        return new ModelPage(name);
    }

    /** The page of the promotions that wait. */
    public InboxPage getInbox() {
        return new InboxPage();
    }

    /** The page on what came from a digest. */
    public DigestPage getDigest() {
        return new DigestPage();
    }

    /** The page on what goes by rules of retention. */
    public SweepPage getSweep() {
        return new SweepPage();
    }

    /** The models that the reader may see. */
    public ModelsResource getModels() {
        return new ModelsResource();
    }

    /** The MLflow server that follows the registry. */
    public RemoteResource getRemote() {
        return new RemoteResource();
    }

    /** Where other systems tell of what happened there. */
    public WebhookDoor getWebhooks() {
        return new WebhookDoor();
    }

    /** The promotions that the reader may see. */
    public PromotionsResource getPromotions() {
        return new PromotionsResource();
    }

    /** The REST API as an OpenAPI 3.1 description. */
    @GET
    @WebMethod(name = "openapi.json")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doOpenapi() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.resource("openapi.json");
    }

    /** What every endpoint serves now. */
    @GET
    @WebMethod(name = "endpoints")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doEndpoints() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> Map.of(
                "endpoints",
                registry().endpoints().stream()
                        .filter(endpoint -> Visibility.of(registry().version(endpoint.model(), endpoint.version())))
                        .toList()));
    }

    /** The ledger of every change. */
    public LedgerResource getLedger() {
        return new LedgerResource();
    }

    /**
     * What served at a moment of the past, under each alias and at each endpoint.
     *
     * @param time the moment, such as {@code 2026-01-31T09:30:00Z}, or epoch milliseconds
     * @param model only versions of this model; empty for all
     * @param endpoint only this endpoint, and then no aliases; empty for all
     * @param page {@code nextPage} of the answer before; empty for the first
     */
    @GET
    @WebMethod(name = "servedAt")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doServedAt(
            @QueryParameter String time,
            @QueryParameter String model,
            @QueryParameter String endpoint,
            @QueryParameter String page) {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> ServedAt.answer(time, model, endpoint, page));
    }

    /** Reads the whole ledger and says whether its chain is whole. */
    @GET
    @WebMethod(name = "verifyLedger")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doVerifyLedger() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> registry().verifyLedger());
    }

    /**
     * Puts versions back that builds have on record and the registry lacks, in the background.
     *
     * @param dryRun {@code true} to report only
     */
    @RequirePOST
    @WebMethod(name = "rebuild")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doRebuild(@QueryParameter String dryRun) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Answers.json(() -> RegistryRebuild.get().start("true".equals(dryRun)));
    }

    /** How the last rebuild went, or goes. */
    @GET
    @WebMethod(name = "rebuildReport")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doRebuildReport() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Answers.json(() -> RegistryRebuild.get().report());
    }

    /** The whole registry as JSON Lines; see {@link io.jenkins.mlops.registry.jdbc.RegistryFile}. */
    @GET
    @WebMethod(name = "export")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doExport() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Answers.of(() -> Answers.file("mlops-registry.jsonl", RegistryTransfer.get()::export));
    }

    /** Fills the empty registry from an export, which is the body of the call. */
    @RequirePOST
    @WebMethod(name = "import")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doImport(StaplerRequest2 request) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Answers.json(() -> RegistryTransfer.get().load(request.getInputStream()));
    }

    /** Which versions the retention rules let go now, and how much of each model. */
    @GET
    @WebMethod(name = "retention")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doRetention() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> RetentionSweep.get().preview());
    }

    /** Deletes the versions that the retention rules let go. */
    @RequirePOST
    @WebMethod(name = "applyRetention")
    @Restricted(NoExternalUse.class) // web method
    public HttpResponse doApplyRetention() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Answers.json(
                () -> RetentionSweep.get().apply(Jenkins.getAuthentication2().getName()));
    }

    static ModelRegistry registry() {
        return RegistryConnection.get().registry();
    }

    /** The models: {@code GET models/?search=&page=}. */
    @Restricted(NoExternalUse.class) // bound to the URL
    public static final class ModelsResource {
        @GET
        public HttpResponse doIndex(@QueryParameter String search, @QueryParameter String page) {
            Jenkins.get().checkPermission(Jenkins.READ);
            return Answers.json(() -> {
                Page<RegisteredModel> models = registry().models(search, new Page.Request(PAGE, page));
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put(
                        "models",
                        models.items().stream().filter(ModelsResource::visible).toList());
                answer.put("nextPage", models.nextToken());
                return answer;
            });
        }

        private static boolean visible(RegisteredModel model) {
            if (Visibility.all()) {
                return true;
            }
            return model.latestVersion() > 0 && Visibility.of(registry().version(model.name(), model.latestVersion()));
        }

        /** One model by name. */
        public ModelResource getDynamic(String name) {
            return new ModelResource(name);
        }
    }

    /** The promotions: {@code GET promotions/} lists those that wait. */
    @Restricted(NoExternalUse.class) // bound to the URL
    public static final class PromotionsResource {
        @GET
        public HttpResponse doIndex() {
            Jenkins.get().checkPermission(Jenkins.READ);
            return Answers.json(() -> {
                List<Promotion> visible =
                        registry().pending().stream().filter(Visibility::of).toList();
                return Map.of("promotions", PromotionAnswer.of(visible));
            });
        }

        /** One promotion by id. */
        public PromotionResource getDynamic(String id) {
            return new PromotionResource(id);
        }
    }

    /** The version, if the reader may see it; else it is not there for him. */
    static ModelVersion visibleVersion(String model, int number) {
        ModelVersion version = registry().version(model, number);
        if (!Visibility.of(version)) {
            throw new io.jenkins.mlops.registry.RegistryException.NotFound(
                    "There is no version " + number + " of model '" + model + "' that you may see.");
        }
        return version;
    }
}
