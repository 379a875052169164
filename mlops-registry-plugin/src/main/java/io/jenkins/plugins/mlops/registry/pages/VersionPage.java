package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationView;
import io.jenkins.plugins.mlops.registry.lineage.NamedText;
import io.jenkins.plugins.mlops.registry.lineage.RegistryAnswers;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import io.jenkins.plugins.mlops.registry.lineage.RunView;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.promotion.PromotionDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of one version: what it is, how good it is, what it came from, and what is decided about it. */
public final class VersionPage extends DecisionPage {
    private static final int MOST_FILES = 200;

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

    public String getBytes() {
        return NumberText.bytes(version().bytes());
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
        Map<String, Integer> known = registry().model(version().model()).aliases();
        String leading = io.jenkins.mlops.registry.ModelSummary.leadingAlias(known);
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
        List<EvaluationView> views = new ArrayList<>();
        for (EvaluationRecord known : records()) {
            views.add(Evidence.view(known));
        }
        return views;
    }

    /** The headline metrics that the version was registered with. */
    public List<MetricCell> getMetrics() {
        return MetricCell.of(version());
    }

    public boolean isMeasured() {
        return !records().isEmpty();
    }

    // What it is and came from

    public List<FileRow> getFiles() {
        return version().files().stream()
                .limit(MOST_FILES)
                .map(file -> new FileRow(file.path(), NumberText.bytes(file.bytes()), file.sha256()))
                .toList();
    }

    public int getHiddenFiles() {
        return Math.max(0, version().files().size() - MOST_FILES);
    }

    public SignatureView getSignature() {
        return SignatureView.of(version().signatureJson());
    }

    /** The digests of its data, each with what else came from it. */
    public List<DataRow> getData() {
        Map<String, String> names = new TreeMap<>();
        TrackedRun run = run();
        if (run != null) {
            run.inputs().forEach(input -> names.put(input.digest(), input.name()));
        }
        return version().dataDigests().stream()
                .map(digest -> new DataRow(names.getOrDefault(digest, ""), digest))
                .toList();
    }

    @CheckForNull
    private TrackedRun run() {
        return Evidence.run(version());
    }

    /** The run that made it; null if it is not known. */
    @CheckForNull
    public RunView getRun() {
        TrackedRun run = run();
        return run == null
                ? null
                : new RunView(
                        new RunFact(
                                run.id(),
                                run.name(),
                                run.experiment(),
                                run.status().name(),
                                run.startMillis(),
                                run.endMillis()),
                        RegistryAnswers.ofController());
    }

    public List<NamedText> getPackages() {
        TrackedRun run = run();
        Environment environment = run == null ? null : run.environment();
        return environment == null ? List.of() : NamedText.of(environment.packages());
    }

    public List<EndpointChip> getEndpoints() {
        List<Deployment> serving = registry().endpointsOf(version().model()).stream()
                .filter(deployment -> deployment.version() == version().number())
                .toList();
        return EndpointChip.of(serving, reader());
    }

    /** The lineage drawn; null if there is nothing to join. */
    @CheckForNull
    public LineageGraph getGraph() {
        return GraphView.of(version(), run(), records(), promotions());
    }

    /** The comparison with the version that stands for the model; null if that is this one, or there is none. */
    @CheckForNull
    public String getCompareUrl() {
        return model.championOther(version().number())
                .map(other -> Links.model(version().model()) + "compare/?from=" + other + "&to="
                        + version().number())
                .orElse(null);
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
