package io.jenkins.plugins.mlops.registry.rest;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.AliasInDoubt;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.policy.PolicyForm;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import io.jenkins.plugins.mlops.registry.retention.KeepTag;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One registered model: {@code GET models/NAME/}, {@code models/NAME/version?number=}, {@code models/NAME/policy}. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class ModelResource {
    private static final int PAGE = 100;

    private final String name;

    ModelResource(String name) {
        this.name = name;
    }

    /** The model with its aliases and newest versions, and the aliases that point at what endpoints took back. */
    @GET
    public HttpResponse doIndex(@QueryParameter String page) {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> {
            RegisteredModel model = MlopsRootAction.registry().model(name);
            Page<ModelVersion> versions =
                    MlopsRootAction.registry().versions(VersionQuery.all().ofModel(name), new Page.Request(PAGE, page));
            List<ModelVersion> visible =
                    versions.items().stream().filter(Visibility::of).toList();
            if (visible.isEmpty() && !Visibility.all()) {
                throw new RegistryException.NotFound("There is no model '" + name + "' that you may see.");
            }
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("model", model);
            answer.put("versions", visible);
            answer.put("aliasesInDoubt", inDoubt(model));
            answer.put("nextPage", versions.nextToken());
            return answer;
        });
    }

    /** The aliases that point at versions which endpoints took back, as far as those may be seen. */
    private static List<AliasInDoubt> inDoubt(RegisteredModel model) {
        return AliasInDoubt.of(MlopsRootAction.registry().catalog(), model.name(), model.aliases()).stream()
                .filter(doubt -> Visibility.of(MlopsRootAction.registry()
                        .version(model.name(), doubt.deployment().version())))
                .toList();
    }

    /** One version: {@code ?number=} or {@code ?alias=}. */
    @GET
    @WebMethod(name = "version")
    public HttpResponse doVersion(@QueryParameter String number, @QueryParameter String alias) {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> {
            if (alias != null && !alias.isEmpty()) {
                int held = MlopsRootAction.registry()
                        .byAlias(name, alias)
                        .map(ModelVersion::number)
                        .orElseThrow(() -> new RegistryException.NotFound(
                                "No version of model '" + name + "' holds the alias '" + alias + "'."));
                return MlopsRootAction.visibleVersion(name, held);
            }
            return MlopsRootAction.visibleVersion(name, wholeNumber(number));
        });
    }

    /** The promotions of this model, newest first. */
    @GET
    @WebMethod(name = "promotions")
    public HttpResponse doPromotions(@QueryParameter String page) {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> {
            var promotions = MlopsRootAction.registry().promotionsOf(name, new Page.Request(PAGE, page));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "promotions",
                    PromotionAnswer.of(
                            promotions.items().stream().filter(Visibility::of).toList()));
            answer.put("nextPage", promotions.nextToken());
            return answer;
        });
    }

    /** The promotion policy in force. */
    @GET
    @WebMethod(name = "policy")
    public HttpResponse doPolicy() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> PolicyForm.shown(MlopsRootAction.registry().policy(name)));
    }

    /** The policies that were set for this model, newest first, with who set them and when. */
    @GET
    @WebMethod(name = "policyHistory")
    public HttpResponse doPolicyHistory() {
        Jenkins.get().checkPermission(MlopsPermissions.VIEW);
        return Answers.json(() -> Map.of(
                "policies",
                MlopsRootAction.registry().policyHistory(name).stream()
                        .map(PolicyForm::shown)
                        .toList()));
    }

    /**
     * Sets the promotion policy, all of it; the answer shows it, with findings about what can hardly be met.
     *
     * @param approvals who has to approve, as in {@code 2 of managers and 1 of risk}; or how many, beside approvers
     * @param approvers ids of users and groups, separated by commas; empty for anyone with Models/Approve
     * @param rollbackApprovals who has to approve a rollback; empty for nobody
     * @param separationOfDuties {@code false} to let authors approve their own models
     * @param inconclusiveMayBeApproved {@code true} to let people approve what gates could not decide
     * @param restoreAlias {@code true} to put an alias back that was moved outside
     * @param expiryHours how long a promotion waits for decisions and change windows
     * @param changeWindows when approved promotions may be applied, entries by lines or semicolons; empty for always
     * @param gates the gates as JSON, as {@code policy} shows them; empty for none
     */
    @RequirePOST
    @WebMethod(name = "setPolicy")
    public HttpResponse doSetPolicy(
            @QueryParameter String approvals,
            @QueryParameter String approvers,
            @QueryParameter String rollbackApprovals,
            @QueryParameter String separationOfDuties,
            @QueryParameter String inconclusiveMayBeApproved,
            @QueryParameter String restoreAlias,
            @QueryParameter String expiryHours,
            @QueryParameter String changeWindows,
            @QueryParameter String gates) {
        Jenkins.get().checkPermission(MlopsPermissions.CONFIGURE);
        Map<String, String> fields = new HashMap<>();
        fields.put("approvals", approvals);
        fields.put("approvers", approvers);
        fields.put("rollbackApprovals", rollbackApprovals);
        fields.put("separationOfDuties", separationOfDuties);
        fields.put("inconclusiveMayBeApproved", inconclusiveMayBeApproved);
        fields.put("restoreAlias", restoreAlias);
        fields.put("expiryHours", expiryHours);
        fields.put("changeWindows", changeWindows);
        fields.put("gates", gates);
        return Answers.json(() -> {
            if (fields.values().stream().allMatch(Objects::isNull)) {
                // A misspelt part would else set a policy that asks for nothing.
                throw new IllegalArgumentException("Expected the parts of a policy, found none of "
                        + new TreeSet<>(fields.keySet()) + "; state those that it is to have, such as approvals");
            }
            return PolicyForm.shown(setPolicy(PolicyForm.parse(name, fields::get)));
        });
    }

    /** Sets a policy as the present user, unless the configuration does. */
    private PromotionPolicy setPolicy(PromotionPolicy policy) {
        if (RegistryConfiguration.get().setsPolicyOf(name)) {
            throw new RegistryException.Conflict("The promotion policy of '" + name
                    + "' is set by the configuration of Jenkins (Manage Jenkins, System, MLOps registry, or"
                    + " configuration as code); change it there.");
        }
        return MlopsRootAction.registry()
                .setPolicy(policy, Jenkins.getAuthentication2().getName());
    }

    /**
     * Asks for the promotion of a version, judged by the model's policy, as the present user.
     *
     * @param version the version's number
     * @param alias the alias to move; empty for {@code champion}
     * @param comment why; may be empty
     */
    @RequirePOST
    @WebMethod(name = "requestPromotion")
    public HttpResponse doRequestPromotion(
            @QueryParameter String version, @QueryParameter String alias, @QueryParameter String comment) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return Answers.json(() -> PromotionDesk.request(
                name,
                wholeNumber(version),
                alias == null || alias.isBlank() ? "champion" : alias.trim(),
                comment == null ? "" : comment.trim()));
    }

    /**
     * Moves an alias past gates and approvals.
     *
     * @param version the version's number
     * @param alias the alias to move
     * @param reason why; required, and kept in the ledger for ever
     */
    @RequirePOST
    @WebMethod(name = "override")
    public HttpResponse doOverride(
            @QueryParameter String version, @QueryParameter String alias, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.OVERRIDE);
        return Answers.json(() -> PromotionDesk.override(name, wholeNumber(version), alias, reason));
    }

    /**
     * Gives an alias back to a version that held it before.
     *
     * @param alias the alias
     * @param version the version to go back to; empty or 0 for the one before the present
     * @param reason why, for the ledger
     */
    @RequirePOST
    @WebMethod(name = "rollback")
    public HttpResponse doRollback(
            @QueryParameter String alias, @QueryParameter String version, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Answers.json(() -> PromotionDesk.rollback(
                name,
                alias,
                version == null || version.isBlank() ? 0 : wholeNumber(version),
                PromotionResource.reason(reason)));
    }

    /**
     * What retention lets go of this model, and what keeps the others.
     *
     * @param show {@code all} for all versions, the newest first; else those that go, the oldest first
     * @param page {@code nextPage} of the answer before; empty for the first
     */
    @GET
    @WebMethod(name = "retention")
    public HttpResponse doRetention(@QueryParameter String show, @QueryParameter String page) {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Answers.json(() -> RetentionAnswer.of(name, "all".equals(show), page));
    }

    /**
     * Keeps a version from retention by a tag, or leaves it to the rule again.
     *
     * @param version the version's number
     * @param keep {@code false} to leave it to the rule; else it is kept
     */
    @RequirePOST
    @WebMethod(name = "keep")
    public HttpResponse doKeep(@QueryParameter String version, @QueryParameter String keep) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        return Answers.json(() -> {
            ModelVersion tagged = MlopsRootAction.visibleVersion(name, wholeNumber(version));
            KeepTag.set(
                    tagged, !"false".equals(keep), Jenkins.getAuthentication2().getName());
            return MlopsRootAction.registry().version(name, tagged.number());
        });
    }

    private static int wholeNumber(@CheckForNull String text) {
        try {
            return Integer.parseInt(text == null ? "" : text.trim());
        } catch (NumberFormatException x) {
            throw new IllegalArgumentException("expected a version's number, found '" + text + "'", x);
        }
    }
}
