package io.jenkins.plugins.mlops.registry.rest;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.LedgerFile;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.Page;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/** The ledger below {@code mlops/ledger/}; for those who may see all models. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class LedgerResource {
    private static final int PAGE = 100;

    LedgerResource() {}

    /** The entries, newest first. */
    @GET
    public HttpResponse doIndex(@QueryParameter String model, @QueryParameter String page) {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        String about = model == null || model.isEmpty() ? null : model;
        return Answers.json(() -> MlopsRootAction.registry().ledger(about, new Page.Request(PAGE, page)));
    }

    /** How many entries there are, and the hash of the last one: note it elsewhere, as an anchor. */
    @GET
    @WebMethod(name = "head")
    public HttpResponse doHead() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> {
            List<LedgerEntry> last = MlopsRootAction.registry()
                    .ledger(null, Page.Request.first(1))
                    .items();
            Map<String, Object> head = new LinkedHashMap<>();
            head.put("entries", last.isEmpty() ? 0 : last.get(0).seq());
            head.put("hash", last.isEmpty() ? Ledger.GENESIS : last.get(0).hash());
            return head;
        });
    }

    /** The whole ledger as JSON Lines, oldest first, its head last; see {@link LedgerFile}. */
    @GET
    @WebMethod(name = "export")
    public HttpResponse doExport() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.of(() -> {
            ModelRegistry registry = MlopsRootAction.registry();
            return Answers.lines("mlops-ledger.jsonl", out -> LedgerFile.write(registry, out));
        });
    }
}
