package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.governance.ModelCard;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationView;
import io.jenkins.plugins.mlops.registry.lineage.NamedText;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import io.jenkins.plugins.mlops.registry.reproduction.ReproducedVersions;
import io.jenkins.plugins.mlops.registry.reproduction.Reproduction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The page of one version: what it is, how good it is, what it came from, and what is decided about it. */
public final class VersionPage extends DecisionPage {
    private final ModelPage model;
    private final String number;

    @CheckForNull
    private ModelVersion version;

    @CheckForNull
    private List<Promotion> promotions;

    @CheckForNull
    private List<EvaluationRecord> evaluations;

    VersionPage(ModelPage model, String number) {
        this.model = model;
        this.number = number;
    }

    @Override
    void admit() {
        ModelVersion found = registry().version(model.getName(), wholeNumber(number));
        if (!reader().sees(found)) {
            throw new RegistryException.NotFound("There is no version " + number + " that you may see.");
        }
        version = found;
    }

    static int wholeNumber(@CheckForNull String text) {
        if (text == null || !text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("expected a version's number, found '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    ModelVersion version() {
        ModelVersion known = version;
        if (known == null) {
            throw new IllegalStateException("not admitted");
        }
        return known;
    }

    @Override
    public String getDisplayName() {
        return Messages.VersionPage_displayName(number);
    }

    @Override
    public String getTitle() {
        return model.getName() + " " + getDisplayName();
    }

    public ModelPage getModel() {
        return model;
    }

    public int getNumber() {
        return version().number();
    }

    @Override
    public String getUrl() {
        return Links.version(version());
    }

    /** The version's number as charts have it. */
    private String shortName() {
        return Messages.version(number);
    }

    public String getDigest() {
        return version().digest();
    }

    public String getDigestUrl() {
        return Links.digest(version().digest());
    }

    public String getStatus() {
        return version().status().name().toLowerCase(java.util.Locale.ROOT);
    }

    public String getCreatedBy() {
        return version().createdBy();
    }

    public String getCreated() {
        return NumberText.time(version().createdMillis());
    }

    public String getAuthors() {
        return String.join(", ", version().authors());
    }

    public String getDescription() {
        return version().description();
    }

    public List<NamedText> getTags() {
        return NamedText.of(version().tags());
    }

    public String getBuild() {
        BuildRef build = version().build();
        return build == null ? "" : build.displayName();
    }

    @CheckForNull
    public String getBuildUrl() {
        return Links.build(version().build());
    }

    /** The commit in short; empty if unknown. */
    public String getCommit() {
        CodeRef code = version().commit();
        if (code == null) {
            return "";
        }
        String commit = code.commit().substring(0, Math.min(12, code.commit().length()));
        String branch = code.branch() == null ? commit : commit + " (" + code.branch() + ")";
        return code.dirty() ? Messages.VersionPage_dirty(branch) : branch;
    }

    public String getRepository() {
        CodeRef code = version().commit();
        return code == null || code.repository() == null ? "" : code.repository();
    }

    /** The aliases that this version holds. */
    public List<String> getAliases() {
        return registry().model(version().model()).aliases().entrySet().stream()
                .filter(alias -> alias.getValue() == version().number())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What to say of its aliases where an endpoint took the version back. */
    public List<AliasDoubt> getDoubts() {
        return model.getDoubts().stream()
                .filter(doubt -> doubt.getNumber() == version().number())
                .toList();
    }

    // Promotions

    private List<Promotion> promotions() {
        if (promotions == null) {
            promotions = catalog().promotionsOf(version().model(), version().number());
        }
        return promotions;
    }

    private List<PromotionCard> cards(boolean open) {
        long now = System.currentTimeMillis();
        return promotions().stream()
                .filter(promotion -> promotion.state().isOpen() == open)
                .map(promotion -> new PromotionCard(promotion, version(), reader(), now))
                .toList();
    }

    public List<PromotionCard> getOpen() {
        return cards(true);
    }

    public List<PromotionCard> getSettled() {
        return cards(false);
    }

    public boolean isRequestable() {
        return reader().may(MlopsPermissions.REQUEST_PROMOTION)
                && !reader().id().isEmpty();
    }

    public boolean isOverridable() {
        return reader().may(MlopsPermissions.OVERRIDE);
    }

    public boolean isEditable() {
        return reader().may(MlopsPermissions.REGISTER) && !reader().id().isEmpty();
    }

    /** The alias that is most likely meant by a request. */
    public String getLikelyAlias() {
        String leading = ModelSummary.leadingAlias(model.visibleAliases());
        return leading == null ? "champion" : leading;
    }

    /** How an alias can be put back: from this version to the one before, or to this one, which held it once. */
    public List<RollbackChoice> getRollbacks() {
        if (!reader().may(MlopsPermissions.APPROVE) || reader().id().isEmpty()) {
            return List.of();
        }
        return RollbackChoice.of(version());
    }

    // Evidence

    private List<EvaluationRecord> records() {
        if (evaluations == null) {
            evaluations = registry().evaluations(version().model(), version().number());
        }
        return evaluations;
    }

    public List<EvaluationView> getEvaluations() {
        Optional<ModelVersion> champion = model.championOther(version().number())
                .map(other -> registry().version(version().model(), other));
        Map<String, Curve> curves = champion.map(Evidence::curves).orElse(Map.of());
        String name = champion.map(other -> Messages.version(String.valueOf(other.number())))
                .orElse("");
        return records().stream()
                .map(known -> Evidence.view(known).against(shortName(), name, curves))
                .toList();
    }

    /** The headline metrics that the version was registered with. */
    public List<MetricCell> getMetrics() {
        return MetricCell.of(version());
    }

    public boolean isMeasured() {
        return !records().isEmpty();
    }

    public List<EndpointChip> getEndpoints() {
        return serving().stream().map(EndpointChip::new).toList();
    }

    private List<Deployment> serving() {
        return catalog().serving(Set.of(version().model()), null).stream()
                .filter(deployment -> deployment.version() == version().number())
                .toList();
    }

    /** Where it came from and what it is made of. */
    public OriginView getOrigin() {
        return new OriginView(version(), records(), promotions(), serving());
    }

    /** The comparison with the version that stands for the model; null if that is this one, or there is none. */
    @CheckForNull
    public String getCompareUrl() {
        return model.championOther(version().number())
                .map(other -> Links.model(version().model()) + "compare/?from=" + other + "&to="
                        + version().number())
                .orElse(null);
    }

    // Making it again

    /** How it can be made again; null for those who may not start its job. */
    @CheckForNull
    public Reproduction getReproduction() {
        Reproduction known = Reproduction.of(version());
        return known != null && known.isPossible() && known.job().hasPermission(Item.BUILD) ? known : null;
    }

    /** The versions that were registered to make this one again, each set beside it. */
    public List<ReproducedRow> getReproduced() {
        List<ModelVersion> made = reader().visible(ReproducedVersions.of(version()));
        if (made.isEmpty()) {
            return List.of();
        }
        VersionFacts own = Evidence.facts(version());
        return made.stream()
                .map(other -> new ReproducedRow(VersionComparison.of(own, Evidence.facts(other))))
                .toList();
    }

    /** Starts its job again with what is on record. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doReproduce() {
        Reproduction known = Reproduction.of(version());
        if (known == null) {
            Jenkins.get().checkPermission(Item.BUILD);
            throw HttpResponses.notFound();
        }
        known.job().checkPermission(Item.BUILD);
        return Decisions.answer(this, Links.root() + "/" + known.job().getUrl(), known::start);
    }

    // Model card

    /**
     * The model card as a file.
     *
     * @param format {@code json}; anything else for Markdown
     */
    @GET
    @WebMethod(name = "card")
    @Restricted(NoExternalUse.class) // link on the page
    public HttpResponse doCard(@QueryParameter String format) {
        Jenkins.get().checkPermission(Jenkins.READ);
        ModelCard card =
                new ModelCard(registry().model(version().model()), Evidence.facts(version()), promotions(), serving());
        String name = version().model().replaceAll("[^A-Za-z0-9.-]", "_") + "-v"
                + version().number();
        return "json".equals(format)
                ? new Download(name + ".json", "application/json", Json.write(card.document()))
                : new Download(name + ".md", "text/markdown", card.markdown());
    }

    // Changes

    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doRequest(@QueryParameter String alias, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.REQUEST_PROMOTION);
        return Decisions.answer(
                this,
                getUrl(),
                () -> PromotionDesk.request(
                        version().model(), version().number(), Decisions.text(alias), Decisions.text(reason)));
    }

    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doOverride(@QueryParameter String alias, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.OVERRIDE);
        return Decisions.answer(
                this,
                getUrl(),
                () -> PromotionDesk.override(
                        version().model(), version().number(), Decisions.text(alias), Decisions.reason(reason)));
    }

    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doRollback(
            @QueryParameter String alias, @QueryParameter String to, @QueryParameter String reason) {
        Jenkins.get().checkPermission(MlopsPermissions.APPROVE);
        return Decisions.answer(
                this,
                Links.version(version().model(), number(to, version().number())),
                () -> PromotionDesk.rollback(
                        version().model(), Decisions.text(alias), wholeNumber(to), Decisions.reason(reason)));
    }

    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doDescribe(@QueryParameter String description) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        return Decisions.answer(
                this,
                getUrl(),
                () -> registry()
                        .describeVersion(
                                version().model(),
                                version().number(),
                                Decisions.text(description),
                                Decisions.person()));
    }

    /** Sets a tag, or removes it with an empty value. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doTag(@QueryParameter String key, @QueryParameter String value) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        String text = Decisions.text(value);
        return Decisions.answer(
                this,
                getUrl(),
                () -> registry()
                        .setTag(
                                version().model(),
                                version().number(),
                                Decisions.text(key),
                                text.isEmpty() ? null : text,
                                Decisions.person()));
    }
}
