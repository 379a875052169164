package io.jenkins.plugins.mlops.registry.pages;

import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A page that shows promotions to those who decide on them. */
public abstract class DecisionPage extends MlopsPage {
    /** Where the page is, and where its reader is after a decision. */
    public abstract String getUrl();

    /** Takes a decision down. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doDecide(
            @QueryParameter String id,
            @QueryParameter String decision,
            @QueryParameter String comment,
            @QueryParameter String revision) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Decisions.answer(this, getUrl(), () -> Decisions.decide(id, decision, comment, revision));
    }

    /** Takes a request back. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doWithdraw(@QueryParameter String id, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return Decisions.answer(this, getUrl(), () -> PromotionDesk.withdraw(id, Decisions.text(reason)));
    }
}
