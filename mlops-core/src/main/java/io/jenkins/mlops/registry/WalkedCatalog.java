package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The catalog of a registry that can only be walked through, page by page, such as one behind somebody else's API.
 *
 * <p>It asks for everything and sorts here, so it suits thousands of versions, not hundreds of thousands.
 */
final class WalkedCatalog implements ModelCatalog {
    private static final int PAGE = 1_000;
    private static final int MOST_PROMOTIONS = 100;

    private final ModelRegistry registry;

    WalkedCatalog(ModelRegistry registry) {
        this.registry = registry;
    }

    private static <T> List<T> all(Function<Page.Request, Page<T>> source) {
        List<T> items = new ArrayList<>();
        String token = null;
        do {
            Page<T> page = source.apply(new Page.Request(PAGE, token));
            items.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        return items;
    }

    private List<ModelVersion> visible(VersionQuery query, @CheckForNull Set<String> jobs) {
        return all(page -> registry.versions(query, page)).stream()
                .filter(version -> isVisible(version, jobs))
                .toList();
    }

    private static boolean isVisible(ModelVersion version, @CheckForNull Set<String> jobs) {
        BuildRef build = version.build();
        return jobs == null || build != null && jobs.contains(build.job());
    }

    @Override
    public List<String> jobs() {
        Set<String> jobs = new TreeSet<>();
        for (ModelVersion version : visible(VersionQuery.all(), null)) {
            BuildRef build = version.build();
            if (build != null) {
                jobs.add(build.job());
            }
        }
        return new ArrayList<>(jobs);
    }

    @Override
    public Listing<ModelSummary> models(ModelListing query) {
        Map<String, List<ModelVersion>> versions = new HashMap<>();
        for (ModelVersion version : visible(VersionQuery.all(), query.jobs())) {
            versions.computeIfAbsent(version.model(), name -> new ArrayList<>()).add(version);
        }
        Map<String, Integer> waiting = new HashMap<>();
        for (Promotion promotion : registry.pending()) {
            boolean seen = versions.getOrDefault(promotion.model(), List.of()).stream()
                    .anyMatch(version -> version.number() == promotion.version());
            if (seen) {
                waiting.merge(promotion.model(), 1, Integer::sum);
            }
        }
        List<ModelSummary> found = new ArrayList<>();
        for (RegisteredModel model : all(page -> registry.models(query.search(), page))) {
            List<ModelVersion> own = versions.getOrDefault(model.name(), List.of());
            if (query.jobs() == null || !own.isEmpty()) {
                found.add(summary(model, own, waiting.getOrDefault(model.name(), 0)));
            }
        }
        found.sort(order(query));
        return cut(found, query.offset(), query.limit());
    }

    private static ModelSummary summary(RegisteredModel model, List<ModelVersion> versions, int waiting) {
        Map<Integer, ModelVersion> byNumber = new TreeMap<>();
        versions.forEach(version -> byNumber.put(version.number(), version));
        Map<String, Integer> aliases = new TreeMap<>(model.aliases());
        aliases.values().retainAll(byNumber.keySet());
        ModelVersion newest = versions.stream()
                .max(Comparator.comparingInt(ModelVersion::number))
                .orElse(null);
        String leading = ModelSummary.leadingAlias(aliases);
        ModelVersion champion = leading == null ? newest : byNumber.get(aliases.get(leading));
        return new ModelSummary(model.name(), model.description(), aliases, newest, champion, waiting);
    }

    private static Comparator<ModelSummary> order(ModelListing query) {
        Comparator<ModelSummary> order =
                switch (query.order()) {
                    case NAME -> Comparator.comparing(ModelSummary::name);
                    case NEWEST -> Comparator.comparingLong(WalkedCatalog::newestMillis);
                    case WAITING -> Comparator.comparingInt(ModelSummary::waiting);
                };
        return (query.descending() ? order.reversed() : order).thenComparing(ModelSummary::name);
    }

    private static long newestMillis(ModelSummary model) {
        ModelVersion newest = model.newest();
        return newest == null ? 0 : newest.createdMillis();
    }

    private static <T> Listing<T> cut(List<T> all, int offset, int limit) {
        int from = Math.min(offset, all.size());
        int to = (int) Math.min(all.size(), (long) from + limit);
        return new Listing<>(all.subList(from, to), all.size(), offset, limit);
    }

    @Override
    public Listing<ModelVersion> versions(VersionListing query) {
        List<ModelVersion> found = new ArrayList<>(visible(VersionQuery.all().ofModel(query.model()), query.jobs()));
        String search = query.search();
        if (search != null && !search.isBlank()) {
            found.removeIf(version -> !matches(version, search.strip().toLowerCase(Locale.ROOT)));
        }
        Comparator<ModelVersion> byNumber = Comparator.comparingInt(ModelVersion::number);
        String metric = query.metric();
        if (metric == null) {
            found.sort(query.descending() ? byNumber.reversed() : byNumber);
        } else {
            Comparator<Double> values = query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
            found.sort(Comparator.comparing(
                            (ModelVersion version) -> defined(version.metrics().get(metric)),
                            Comparator.nullsLast(values))
                    .thenComparing(byNumber.reversed()));
        }
        return cut(found, query.offset(), query.limit());
    }

    @CheckForNull
    private static Double defined(@CheckForNull Double value) {
        return value == null || value.isNaN() ? null : value;
    }

    private static boolean matches(ModelVersion version, String search) {
        return search.replaceFirst("^[v#]", "").equals(String.valueOf(version.number()))
                || version.digest().startsWith(search)
                || version.digest().startsWith("sha256:" + search)
                || contains(List.of(version.description(), version.createdBy()), search)
                || contains(version.tags().values(), search);
    }

    private static boolean contains(Collection<String> texts, String search) {
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(search));
    }

    @Override
    public List<VersionPoint> trend(String model, String metric, @CheckForNull Set<String> jobs, int limit) {
        int most = (int) Limits.range("The number of versions", limit, 1, 10_000);
        List<VersionPoint> points = new ArrayList<>();
        for (ModelVersion version : visible(VersionQuery.all().ofModel(model), jobs)) {
            Double value = version.metrics().get(metric);
            if (value != null && points.size() < most) {
                points.add(new VersionPoint(version.number(), value, version.createdMillis()));
            }
        }
        Collections.reverse(points);
        return points;
    }

    @Override
    public List<Promotion> promotionsOf(String model, int number) {
        return all(page -> registry.promotionsOf(model, page)).stream()
                .filter(promotion -> promotion.version() == number)
                .limit(MOST_PROMOTIONS)
                .toList();
    }

    @Override
    public List<String> aliasesEver(String model) {
        Set<String> aliases = new TreeSet<>(registry.model(model).aliases().keySet());
        all(page -> registry.promotionsOf(model, page)).forEach(promotion -> aliases.add(promotion.alias()));
        return new ArrayList<>(aliases);
    }
}
