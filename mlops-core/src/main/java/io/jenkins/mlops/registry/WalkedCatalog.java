package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private static final String SHA256 = "sha256:";

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
        Comparator<ModelSummary> byName = Comparator.comparing(ModelSummary::name);
        Comparator<ModelSummary> order =
                switch (query.order()) {
                    case NAME -> byName;
                    case NEWEST ->
                        Comparator.comparingLong(WalkedCatalog::newestMillis).thenComparing(byName);
                    case WAITING -> Comparator.comparingInt(ModelSummary::waiting);
                };
        return (query.descending() ? order.reversed() : order).thenComparing(byName);
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
            int newest = registry.model(query.model()).latestVersion();
            String text = search.strip().toLowerCase(Locale.ROOT);
            found.removeIf(version -> !matches(version, text, newest - VersionListing.SEARCHED));
        }
        Comparator<ModelVersion> byNumber = Comparator.comparingInt(ModelVersion::number);
        String metric = query.metric();
        if (metric == null) {
            found.sort(query.descending() ? byNumber.reversed() : byNumber);
        } else {
            Map<Integer, Double> values = new HashMap<>();
            found.forEach(
                    version -> values.put(version.number(), version.metrics().get(metric)));
            found.sort(Comparator.comparing(
                    ModelVersion::number, VersionListing.byMetric(values::get, query.descending())));
        }
        return cut(found, query.offset(), query.limit());
    }

    private static boolean matches(ModelVersion version, String search, int before) {
        return search.replaceFirst("^[v#]", "").equals(String.valueOf(version.number()))
                || version.digest().equals(search)
                || version.digest().equals(SHA256 + search)
                || version.number() > before && mentions(version, search);
    }

    private static boolean mentions(ModelVersion version, String search) {
        String digits = search.startsWith(SHA256) ? search.substring(SHA256.length()) : search;
        return !digits.isEmpty() && version.digest().startsWith(SHA256 + digits)
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

    /** As far as their endpoints serve anything now: no others are told of. */
    @Override
    public List<Deployment> deploymentsOf(String model, int number) {
        return registry.endpoints().stream()
                .map(Deployment::endpoint)
                .distinct()
                .flatMap(endpoint -> registry.deployments(endpoint, PAGE).stream())
                .filter(deployment -> deployment.model().equals(model) && deployment.version() == number)
                .sorted(Comparator.comparingLong(Deployment::startedMillis).reversed())
                .limit(MOST_PROMOTIONS)
                .toList();
    }

    @Override
    public List<String> aliasesEver(String model) {
        Set<String> aliases = new TreeSet<>(registry.model(model).aliases().keySet());
        all(page -> registry.promotionsOf(model, page)).forEach(promotion -> aliases.add(promotion.alias()));
        return new ArrayList<>(aliases);
    }

    @Override
    public Map<String, List<VersionPoint>> trends(
            Map<String, String> metrics, @CheckForNull Set<String> jobs, int limit) {
        Map<String, List<VersionPoint>> trends = new TreeMap<>();
        metrics.forEach((model, metric) -> trends.put(model, trend(model, metric, jobs, limit)));
        return trends;
    }

    @Override
    public Map<String, PromotionPolicy> policies(Set<String> models) {
        Map<String, PromotionPolicy> policies = new TreeMap<>();
        models.forEach(model -> policies.put(model, registry.policy(model)));
        return policies;
    }

    @Override
    public List<Deployment> serving(Set<String> models, @CheckForNull Set<String> jobs) {
        return registry.endpoints().stream()
                .filter(deployment -> models.contains(deployment.model()))
                .filter(deployment -> isVisible(registry.version(deployment.model(), deployment.version()), jobs))
                .toList();
    }

    @Override
    public Downstream downstream(String digest, @CheckForNull Set<String> jobs, int limit) {
        int most = (int) Limits.range("The number of versions", limit, 1, 1_000);
        Map<String, ModelVersion> versions = new LinkedHashMap<>();
        for (List<ModelVersion> some : List.of(registry.versionsByDigest(digest), registry.versionsByData(digest))) {
            some.stream()
                    .filter(version -> isVisible(version, jobs))
                    .forEach(version -> versions.put(version.model() + " " + version.number(), version));
        }
        Set<String> models = new TreeSet<>();
        versions.values().forEach(version -> models.add(version.model()));
        return new Downstream(
                versions.size(),
                models.size(),
                false,
                versions.values().stream().limit(most).toList(),
                serving(models, jobs).stream()
                        .filter(deployment -> versions.containsKey(deployment.model() + " " + deployment.version()))
                        .toList());
    }
}
