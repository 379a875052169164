package io.jenkins.plugins.mlops.monitor;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.MonitorStore;
import io.jenkins.mlops.monitor.NaturalOrder;
import io.jenkins.mlops.monitor.signal.SignalTrack;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.pages.Pager;
import io.jenkins.plugins.mlops.registry.pages.SortLink;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The endpoints and monitors that one request asks for: those that match a text and a state, a page of each, what is in
 * alarm first.
 *
 * <p>Parameters: {@code search}, {@code state}, {@code sort} ({@code state}, {@code name} or {@code looked}), {@code
 * order}, {@code limit}, and {@code page} of the monitors and {@code endpointPage} of the endpoints, each from 0. What
 * can't be read counts as not given.
 */
@ExportedBean
@Restricted(NoExternalUse.class) // index.jelly and api
public final class EndpointsList {
    private static final int LIMIT = 50;
    private static final int MOST = 1_000;
    private static final int LONGEST = 250;
    private static final List<String> SORTS = List.of("state", "name", "looked");

    private final String search;
    private final StateFilter filter;
    private final String sort;
    private final boolean descending;
    private final int limit;

    @CheckForNull
    private Listing<EndpointHealth> endpoints;

    @CheckForNull
    private Listing<MonitorRow> monitors;

    EndpointsList() {
        String text = parameter("search");
        search = text.substring(0, Math.min(text.length(), LONGEST));
        filter = StateFilter.of(parameter("state"));
        sort = SORTS.contains(parameter("sort")) ? parameter("sort") : SORTS.get(0);
        descending = "desc".equals(parameter("order"));
        int asked = number("limit", LIMIT);
        limit = Math.max(1, Math.min(asked, MOST));
    }

    private static String parameter(String name) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String value = request == null ? null : request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    private static int number(String name, int otherwise) {
        try {
            return Math.max(0, Integer.parseInt(parameter(name)));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Every monitor that the reader may see. */
    static List<MonitorRow> visibleMonitors() {
        if (!RegistryConnection.get().hasRecords()) {
            return List.of();
        }
        MonitorStore store = RegistryConnection.get().monitors();
        Map<String, List<SignalTrack>> signals = store.allSignals();
        return store.monitors().stream()
                .filter(MonitorAccess::sees)
                .map(monitor -> new MonitorRow(monitor, signals.getOrDefault(monitor.id(), List.of())))
                .toList();
    }

    /** Every endpoint that the reader may see. */
    static List<EndpointHealth> visibleEndpoints() {
        return EndpointWatch.get().getEndpoints().stream()
                .filter(endpoint -> MonitorAccess.sees(endpoint.deployment()))
                .toList();
    }

    private boolean matches(String... texts) {
        String wanted = search.toLowerCase(Locale.ROOT);
        return Arrays.stream(texts)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private <T> Comparator<T> directed(Comparator<T> order) {
        return descending ? order.reversed() : order;
    }

    private Comparator<MonitorRow> monitorOrder() {
        Comparator<MonitorRow> byName = Comparator.comparing(MonitorRow::getName, NaturalOrder.INSTANCE);
        return switch (sort) {
            case "name" -> directed(byName);
            case "looked" ->
                directed(Comparator.comparing(MonitorRow::getLookedMillis)).thenComparing(byName);
            default -> directed(Comparator.comparing(MonitorRow::urgency)).thenComparing(byName);
        };
    }

    private Comparator<EndpointHealth> endpointOrder() {
        Comparator<EndpointHealth> byName = Comparator.comparing(EndpointHealth::getName, NaturalOrder.INSTANCE);
        return sort.equals("name")
                ? directed(byName)
                : directed(Comparator.comparing(
                                (EndpointHealth endpoint) -> MonitorRow.BY_URGENCY.indexOf(endpoint.getState())))
                        .thenComparing(byName);
    }

    private <T> Listing<T> page(List<T> all, String page) {
        long from = Math.min((long) number(page, 0) * limit, Integer.MAX_VALUE - MOST);
        return new Listing<>(all.stream().skip(from).limit(limit).toList(), all.size(), (int) from, limit);
    }

    private Listing<EndpointHealth> endpoints() {
        if (endpoints == null) {
            endpoints = page(
                    visibleEndpoints().stream()
                            .filter(filter::takes)
                            .filter(it -> matches(it.getName(), it.getModel(), it.getDetail(), it.getUrl()))
                            .sorted(endpointOrder())
                            .toList(),
                    "endpointPage");
        }
        return endpoints;
    }

    private Listing<MonitorRow> monitors() {
        if (monitors == null) {
            monitors = page(
                    visibleMonitors().stream()
                            .filter(filter::takes)
                            .filter(it -> matches(
                                    it.getName(), it.getModel(), it.getEndpoint(), it.getJob(), it.getEvidence()))
                            .sorted(monitorOrder())
                            .toList(),
                    "page");
        }
        return monitors;
    }

    @Exported
    public List<EndpointHealth> getEndpoints() {
        return endpoints().items();
    }

    /** How many endpoints match, on all pages. */
    @Exported
    public long getEndpointsTotal() {
        return endpoints().total();
    }

    /** How many endpoints stand on the pages before this one. */
    @Exported
    public int getEndpointsOffset() {
        return endpoints().offset();
    }

    @Exported
    public List<MonitorRow> getMonitors() {
        return monitors().items();
    }

    /** How many monitors match, on all pages. */
    @Exported
    public long getMonitorsTotal() {
        return monitors().total();
    }

    /** How many monitors stand on the pages before this one. */
    @Exported
    public int getMonitorsOffset() {
        return monitors().offset();
    }

    /** The most of each that one page has, from 1 to {@value #MOST}. */
    @Exported
    public int getLimit() {
        return limit;
    }

    public String getDisplayName() {
        return Messages.EndpointsPage_displayName();
    }

    public String getSearch() {
        return search;
    }

    /** Whether less than everything is asked for. */
    public boolean isFiltered() {
        return !search.isEmpty() || filter != StateFilter.ANY;
    }

    /** One of the states that can be chosen. */
    public record Choice(String key, String title, boolean chosen) {
        public String getKey() {
            return key;
        }

        public String getTitle() {
            return title;
        }

        public boolean isChosen() {
            return chosen;
        }
    }

    public List<Choice> getChoices() {
        return Arrays.stream(StateFilter.values())
                .map(state -> new Choice(state.key(), state.title(), state == filter))
                .toList();
    }

    private Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("search", search);
        query.put("state", filter.key());
        if (!parameter("sort").isEmpty() || descending) {
            query.put("sort", sort);
            query.put("order", descending ? "desc" : "asc");
        }
        query.put("limit", limit == LIMIT ? "" : limit);
        return query;
    }

    private static String base() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return (request == null ? "" : request.getContextPath()) + "/mlops-endpoints/";
    }

    public Pager getMonitorsPager() {
        return new Pager(monitors(), base(), query("endpointPage", endpoints()), "monitors");
    }

    public Pager getEndpointsPager() {
        return new Pager(endpoints(), base(), query("page", monitors()), "endpoints", "endpointPage");
    }

    /** The query, with where the other list is. */
    private Map<String, Object> query(String name, Listing<?> other) {
        Map<String, Object> query = query();
        query.put(name, other.offset() == 0 ? "" : other.offset() / limit);
        return query;
    }

    public SortLink getByName() {
        return sortLink(Messages.EndpointsList_name(), "name", false);
    }

    public SortLink getByState() {
        return sortLink(Messages.EndpointsList_state(), "state", false);
    }

    public SortLink getByLooked() {
        return sortLink(Messages.EndpointsList_looked(), "looked", true);
    }

    private SortLink sortLink(String title, String key, boolean downFirst) {
        return new SortLink(title, key, sort, descending, downFirst, base(), query(), "monitors");
    }
}
