package io.jenkins.plugins.mlops.registry.rest;

import hudson.model.User;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.Visibility;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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
            return promotion;
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
        return Answers.json(() -> changed(MlopsRootAction.registry().withdraw(id, person(), text(reason))));
    }

    private HttpResponse decide(boolean approve, String comment, String revision) {
        return Answers.json(() -> {
            String person = person();
            Promotion seen = MlopsRootAction.registry().promotion(id);
            return changed(MlopsRootAction.registry()
                    .decide(new Decision(
                            id,
                            approve,
                            person,
                            groups(),
                            text(comment),
                            revisionOf(revision),
                            seen.versionDigest(),
                            seen.evidenceHash())));
        });
    }

    /** Tells the listeners, among them the Pipelines that wait, and hands the promotion on. */
    static Promotion changed(Promotion promotion) {
        PromotionListener.fireChanged(promotion);
        return promotion;
    }

    /** A decision has a person behind it: neither the system nor a visitor. */
    private static String person() {
        User user = User.current();
        if (user == null) {
            throw new RegistryException.Forbidden(
                    "A decision on a promotion needs an identified user: log in, or use an API token.");
        }
        return user.getId();
    }

    private static Set<String> groups() {
        return Jenkins.getAuthentication2().getAuthorities().stream()
                .map(authority -> authority.getAuthority())
                .filter(group -> group != null && !group.isBlank())
                .collect(Collectors.toSet());
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

    static String operationKey(String what) {
        return what + "/" + UUID.randomUUID();
    }

    private static String text(String given) {
        return given == null ? "" : given.trim();
    }
}
