package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The page {@code <jenkins>/mlops/}: every model that the reader may see, its champion and what waits. */
public final class ModelsPage extends MlopsPage {
    private static final int LIMIT = 50;

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

    public List<ModelRow> getRows() {
        if (rows == null) {
            Map<String, List<Deployment>> endpoints = new HashMap<>();
            if (!listing().items().isEmpty()) {
                for (Deployment deployment : registry().endpoints()) {
                    endpoints
                            .computeIfAbsent(deployment.model(), name -> new ArrayList<>())
                            .add(deployment);
                }
            }
            rows = listing().items().stream()
                    .map(model -> new ModelRow(model, endpoints.getOrDefault(model.name(), List.of()), reader()))
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
