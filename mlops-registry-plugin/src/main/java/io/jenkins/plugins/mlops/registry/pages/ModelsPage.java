package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.VersionPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The page {@code <jenkins>/mlops/}: every model that the reader may see, its champion and what waits. */
public final class ModelsPage extends MlopsPage {
    private static final int LIMIT = 50;
    private static final int TREND = 20;

    @CheckForNull
    private Listing<ModelSummary> listing;

    @CheckForNull
    private List<ModelRow> rows;

    @Override
    public String getDisplayName() {
        return Messages.ModelsPage_displayName();
    }

    public String getSearch() {
        String search = parameter("search");
        return search == null ? "" : search;
    }

    private ModelListing.Order order() {
        String sort = parameter("sort");
        for (ModelListing.Order order : ModelListing.Order.values()) {
            if (key(order).equals(sort)) {
                return order;
            }
        }
        return ModelListing.Order.NAME;
    }

    private static String key(ModelListing.Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    private boolean descending() {
        return "desc".equals(parameter("order"));
    }

    private Listing<ModelSummary> listing() {
        if (listing == null) {
            listing = isStarted() ? find() : new Listing<>(List.of(), 0, 0, LIMIT);
        }
        return listing;
    }

    private Listing<ModelSummary> find() {
        String search = getSearch();
        Set<String> jobs = reader().jobs(catalog());
        return catalog()
                .models(new ModelListing(
                        search.substring(0, Math.min(search.length(), 250)),
                        jobs,
                        order(),
                        descending(),
                        Pager.offset(parameter("page"), LIMIT),
                        LIMIT));
    }

    /** The rows, with all that they show asked for at once. */
    public List<ModelRow> getRows() {
        if (rows == null) {
            List<ModelSummary> models = listing().items();
            Set<String> names = models.stream().map(ModelSummary::name).collect(Collectors.toSet());
            Set<String> jobs = reader().jobs(catalog());
            Map<String, List<Deployment>> endpoints = new HashMap<>();
            for (Deployment deployment : catalog().serving(names, jobs)) {
                endpoints
                        .computeIfAbsent(deployment.model(), name -> new ArrayList<>())
                        .add(deployment);
            }
            Map<String, PromotionPolicy> policies = catalog().policies(names);
            Map<String, String> metrics = new HashMap<>();
            for (ModelSummary model : models) {
                ModelVersion champion = model.champion();
                String metric = champion == null ? "" : Headline.of(champion, policies.get(model.name()));
                if (!metric.isEmpty()) {
                    metrics.put(model.name(), metric);
                }
            }
            Map<String, List<VersionPoint>> trends = catalog().trends(metrics, jobs, TREND);
            rows = models.stream()
                    .map(model -> new ModelRow(
                            model,
                            metrics.getOrDefault(model.name(), ""),
                            trends.getOrDefault(model.name(), List.of()),
                            endpoints.getOrDefault(model.name(), List.of())))
                    .toList();
        }
        return new ArrayList<>(rows);
    }

    /** Whether there is nothing to show although nothing was searched for. */
    public boolean isNothing() {
        return listing().total() == 0 && getSearch().isEmpty();
    }

    private Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("search", getSearch());
        if (parameter("sort") != null) {
            query.put("sort", key(order()));
            query.put("order", descending() ? "desc" : "asc");
        }
        return query;
    }

    public Pager getPager() {
        return new Pager(listing(), Links.models(), query(), "");
    }

    public SortLink getByName() {
        return sort(Messages.ModelsPage_name(), ModelListing.Order.NAME, false);
    }

    public SortLink getByNewest() {
        return sort(Messages.ModelsPage_newest(), ModelListing.Order.NEWEST, true);
    }

    public SortLink getByWaiting() {
        return sort(Messages.ModelsPage_waiting(), ModelListing.Order.WAITING, true);
    }

    private SortLink sort(String title, ModelListing.Order order, boolean downFirst) {
        return new SortLink(title, key(order), key(order()), descending(), downFirst, Links.models(), query(), "");
    }
}
