package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.AliasInDoubt;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.MetricView;
import io.jenkins.plugins.mlops.registry.lineage.NamedText;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of one model: its versions, how they became, which serve and served, and by what rules. */
public final class ModelPage extends DecisionPage {
    private static final int LIMIT = 25;
    private static final int TREND = 200;
    private static final int COLUMNS = 3;
    private static final int ENTRIES = 20;
    private static final String VERSIONS = "versions";

    private final String name;

    @CheckForNull
    private RegisteredModel model;

    @CheckForNull
    private Listing<ModelVersion> listing;

    public ModelPage(String name) {
        this.name = name;
    }

    @Override
    void admit() {
        model = registry().model(name);
        if (!reader().seesAll()
                && catalog()
                        .versions(VersionListing.newest(name, reader().jobs(catalog()), 1))
                        .items()
                        .isEmpty()) {
            throw new RegistryException.NotFound("There is no model '" + name + "' that you may see.");
        }
    }

    private RegisteredModel model() {
        RegisteredModel known = model;
        if (known == null) {
            throw new IllegalStateException("not admitted");
        }
        return known;
    }

    public String getName() {
        return name;
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    @Override
    public String getUrl() {
        return Links.model(name);
    }

    // Parts of the address

    public VersionPage getVersion(String number) {
        return new VersionPage(this, number);
    }

    public ComparePage getCompare() {
        return new ComparePage(this);
    }

    public PolicyPage getPolicy() {
        return new PolicyPage(this);
    }

    public RemotePage getRemote() {
        return new RemotePage(this);
    }

    public RetentionPage getRetention() {
        return new RetentionPage(this);
    }

    // Head

    public String getDescription() {
        return model().description();
    }

    public List<NamedText> getTags() {
        return NamedText.of(model().tags());
    }

    public boolean isEditable() {
        return reader().may(MlopsPermissions.REGISTER) && !reader().id().isEmpty();
    }

    public boolean isConfigurable() {
        return reader().may(MlopsPermissions.CONFIGURE);
    }

    /** The aliases of versions that the reader may see. */
    Map<String, Integer> visibleAliases() {
        Map<String, Integer> aliases = new TreeMap<>(model().aliases());
        if (!reader().seesAll()) {
            aliases.values().removeIf(number -> !reader().sees(registry().version(name, number)));
        }
        return aliases;
    }

    public List<AliasChip> getAliases() {
        return AliasChip.of(name, visibleAliases());
    }

    /** What to say of aliases that point at versions which endpoints took back; each with the version's page. */
    public List<AliasDoubt> getDoubts() {
        return AliasInDoubt.of(catalog(), name, visibleAliases()).stream()
                .map(doubt -> new AliasDoubt(
                        doubt,
                        registry().aliasHistory(name, doubt.alias()).stream()
                                .anyMatch(change -> change.version() != 0
                                        && change.version()
                                                != doubt.deployment().version())))
                .toList();
    }

    /** The version that stands for the model, if it is another than this one and may be seen. */
    Optional<Integer> championOther(int number) {
        Map<String, Integer> aliases = visibleAliases();
        String leading = ModelSummary.leadingAlias(aliases);
        return leading == null || aliases.get(leading) == number ? Optional.empty() : Optional.of(aliases.get(leading));
    }

    public List<EndpointChip> getEndpoints() {
        return catalog().serving(Set.of(name), reader().jobs(catalog())).stream()
                .map(EndpointChip::new)
                .toList();
    }

    // Versions

    public String getSearch() {
        String search = parameter("search");
        return search == null ? "" : search.substring(0, Math.min(search.length(), 250));
    }

    private String sort() {
        String sort = parameter("sort");
        return sort == null ? "version" : sort;
    }

    private boolean descending() {
        return !"asc".equals(parameter("order"));
    }

    private Listing<ModelVersion> listing() {
        if (listing == null) {
            String metric = sort().startsWith("metric:") ? sort().substring("metric:".length()) : null;
            listing = catalog()
                    .versions(new VersionListing(
                            name,
                            reader().jobs(catalog()),
                            getSearch(),
                            metric,
                            descending(),
                            Pager.offset(parameter("page"), LIMIT),
                            LIMIT));
        }
        return listing;
    }

    /** The headline metrics of the versions shown, as many as the table takes. */
    public List<String> getMetrics() {
        return metricNames().stream().limit(COLUMNS).toList();
    }

    private List<String> metricNames() {
        Set<String> names = new TreeSet<>();
        listing().items().forEach(version -> names.addAll(version.metrics().keySet()));
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparingInt(MetricView::place));
        return sorted;
    }

    public List<VersionRow> getRows() {
        Map<Integer, List<String>> aliases = new TreeMap<>();
        visibleAliases()
                .forEach((alias, number) -> aliases.computeIfAbsent(number, one -> new ArrayList<>())
                        .add(alias));
        List<String> metrics = getMetrics();
        return listing().items().stream()
                .map(version -> new VersionRow(version, metrics, aliases.getOrDefault(version.number(), List.of())))
                .toList();
    }

    public boolean isNothing() {
        return listing().total() == 0 && getSearch().isEmpty();
    }

    private Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("search", getSearch());
        query.put("metric", parameter("metric"));
        if (parameter("sort") != null) {
            query.put("sort", sort());
            query.put("order", descending() ? "desc" : "asc");
        }
        return query;
    }

    public Pager getPager() {
        return new Pager(listing(), getUrl(), query(), VERSIONS);
    }

    public SortLink getByVersion() {
        return sort(Messages.ModelPage_version(), "version");
    }

    public List<SortLink> getByMetrics() {
        return getMetrics().stream()
                .map(metric -> sort(metric, "metric:" + metric))
                .toList();
    }

    private SortLink sort(String title, String key) {
        return new SortLink(title, key, sort(), descending(), true, getUrl(), query(), VERSIONS);
    }

    // Trend

    /** The metric whose trend is drawn: the one asked for, else the first; empty if there is none. */
    public String getMetric() {
        List<String> names = metricNames();
        String wanted = parameter("metric");
        return wanted != null && names.contains(wanted) ? wanted : names.isEmpty() ? "" : names.get(0);
    }

    /** Links to the trends of the other metrics. */
    public List<MetricChoice> getMetricChoices() {
        return metricNames().stream()
                .limit(12)
                .map(metric -> {
                    Map<String, Object> query = query();
                    query.put("metric", metric);
                    return new MetricChoice(metric, getUrl() + Links.query(query), metric.equals(getMetric()));
                })
                .toList();
    }

    /** The metric over the newest versions; null where fewer than two have it. */
    @CheckForNull
    public LineChart getTrend() {
        String metric = getMetric();
        if (metric.isEmpty()) {
            return null;
        }
        return VersionTrend.chart(metric, catalog().trend(name, metric, reader().jobs(catalog()), TREND));
    }

    // What waits, what served, by what rules

    /** How many promotions are open, in words. */
    public String getWaitingText() {
        return Messages.ModelRow_waiting(getOpen().size());
    }

    public List<PromotionCard> getOpen() {
        long now = System.currentTimeMillis();
        return registry().pending().stream()
                .filter(promotion -> promotion.model().equals(name))
                .map(promotion -> card(promotion, now))
                .filter(card -> card != null)
                .limit(LIMIT)
                .toList();
    }

    /** The newest promotions that are settled. */
    public List<PromotionCard> getSettled() {
        long now = System.currentTimeMillis();
        return registry().promotionsOf(name, Page.Request.first(LIMIT)).items().stream()
                .filter(promotion -> !promotion.state().isOpen())
                .map(promotion -> card(promotion, now))
                .filter(card -> card != null)
                .toList();
    }

    @CheckForNull
    private PromotionCard card(Promotion promotion, long now) {
        try {
            ModelVersion version = registry().version(name, promotion.version());
            return reader().sees(version) ? new PromotionCard(promotion, version, reader(), now) : null;
        } catch (RegistryException.NotFound e) {
            return null;
        }
    }

    /** The policy in sentences; null for those who may not see all. */
    @CheckForNull
    public PolicyView getPolicySummary() {
        return reader().seesAll() ? new PolicyView(registry().policy(name)) : null;
    }

    public ServedAt getServed() {
        return new ServedAt(name, reader());
    }

    /** The newest moves of the aliases. */
    public List<AliasMove> getMoves() {
        List<AliasChange> changes = new ArrayList<>();
        catalog().aliasesEver(name).forEach(alias -> changes.addAll(registry().aliasHistory(name, alias)));
        changes.sort(Comparator.comparingLong(AliasChange::millis).reversed());
        return changes.stream()
                .filter(change -> sees(change.version()))
                .limit(ENTRIES)
                .map(change -> new AliasMove(change, sees(change.previousVersion())))
                .toList();
    }

    private boolean sees(int number) {
        return reader().sees(name, number);
    }

    /** The newest entries of the ledger; none for those who may not see all of the model. */
    public List<LedgerRow> getLedger() {
        return reader().seesAll()
                ? registry().ledger(name, Page.Request.first(ENTRIES)).items().stream()
                        .map(LedgerRow::new)
                        .toList()
                : List.of();
    }

    // Changes

    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doDescribe(@QueryParameter String description) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        return Decisions.answer(
                this, getUrl(), () -> registry().describeModel(name, Decisions.text(description), Decisions.person()));
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
                        .setModelTag(name, Decisions.text(key), text.isEmpty() ? null : text, Decisions.person()));
    }
}
