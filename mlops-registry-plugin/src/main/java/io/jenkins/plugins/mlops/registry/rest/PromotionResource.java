package io.jenkins.plugins.mlops.registry.rest;

import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One promotion: {@code GET promotions/ID/}, {@code POST promotions/ID/approve}, {@code reject}, {@code withdraw}. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class PromotionResource {
    private final String id;

    PromotionResource(String id) {
        this.id = id;
    }

    /** The promotion with its evidence, policy and decisions. */
    @GET
    public HttpResponse doIndex() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> {
            Promotion promotion = MlopsRootAction.registry().promotion(id);
            if (!Visibility.of(promotion)) {
                throw new RegistryException.NotFound("There is no promotion '" + id + "' that you may see.");
            }
            return PromotionAnswer.of(promotion);
        });
    }

    /**
     * Approves.
     *
     * @param comment why, may be empty
     * @param revision the revision that the approver saw; empty accepts any that still awaits approval
     */
    @RequirePOST
    @WebMethod(name = "approve")
    public HttpResponse doApprove(@QueryParameter String comment, @QueryParameter String revision) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return decide(true, comment, revision);
    }

    /**
     * Rejects.
     *
     * @param comment why, may be empty
     * @param revision the revision that the person saw; empty accepts any that still awaits approval
     */
    @RequirePOST
    @WebMethod(name = "reject")
    public HttpResponse doReject(@QueryParameter String comment, @QueryParameter String revision) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return decide(false, comment, revision);
    }

    /** Takes the request back. */
    @RequirePOST
    @WebMethod(name = "withdraw")
    public HttpResponse doWithdraw(@QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return Answers.json(() -> PromotionDesk.withdraw(id, text(reason)));
    }

    private HttpResponse decide(boolean approve, String comment, String revision) {
        return Answers.json(() -> PromotionDesk.decide(id, approve, text(comment), revisionOf(revision)));
    }

    private static int revisionOf(String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException("expected the number of a revision, found '" + text + "'", x);
        }
    }

    static String reason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("expected a reason, found none; it is kept in the ledger");
        }
        return reason.trim();
    }

    private static String text(String given) {
        return given == null ? "" : given.trim();
    }
}
