package io.jenkins.mlops.registry.retention;

import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.VersionQuery;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Which of a model's versions are kept though they never served. A version goes only when none of the three keeps it; a
 * rule that asks for neither a number nor an age keeps all. No rule touches a version on the day it was registered.
 *
 * @param keepNewest this many of the newest versions are kept, 0 to 1,000; 0 for none on that account
 * @param keepDays versions younger than this many days are kept, 0 to 36,500; 0 for none on that account
 * @param keepTags versions with one of these tags are kept, whatever its value
 */
public record RetentionRule(int keepNewest, int keepDays, Set<String> keepTags) implements Serializable {
    /** The tag that keeps a version where nobody says which do. */
    public static final String KEEP = "keep";

    private static final int MOST_VERSIONS = 1_000;
    private static final int MOST_DAYS = 36_500;
    private static final int MOST_TAGS = 100;
    /** Whatever the rule says: the build that registered it may be about to ask for its promotion. */
    private static final long UNTOUCHED_MILLIS = TimeUnit.DAYS.toMillis(1);

    public RetentionRule {
        keepNewest = (int) Limits.range("The number of newest versions to keep", keepNewest, 0, MOST_VERSIONS);
        keepDays = (int) Limits.range("The days to keep a version", keepDays, 0, MOST_DAYS);
        keepTags = Limits.lines("The tags that keep a version", keepTags, MOST_TAGS);
    }

    /** Whether the rule lets anything go at all. */
    public boolean isLimiting() {
        return keepNewest > 0 || keepDays > 0;
    }

    /**
     * The versions of a model that may go, oldest first: they never served, no promotion of them is open, and nothing
     * keeps them.
     *
     * @param nowMillis the present, in epoch milliseconds
     * @param limit most versions wanted, 1 to 1,000; what is beyond is found when these are gone
     */
    public List<ModelVersion> expendable(ModelRegistry registry, String model, long nowMillis, int limit) {
        List<ModelVersion> found = new ArrayList<>();
        if (!isLimiting()) {
            return found;
        }
        Set<Integer> newest = newest(registry, model);
        String token = null;
        do {
            Page<ModelVersion> page = registry.neverServed(model, new Page.Request(limit, token));
            for (ModelVersion version : page.items()) {
                if (found.size() < limit && !newest.contains(version.number()) && !keeps(version, nowMillis)) {
                    found.add(version);
                }
            }
            token = page.nextToken();
        } while (token != null && found.size() < limit);
        return found;
    }

    private Set<Integer> newest(ModelRegistry registry, String model) {
        return keepNewest == 0
                ? Set.of()
                : registry.versions(VersionQuery.all().ofModel(model), Page.Request.first(keepNewest)).items().stream()
                        .map(ModelVersion::number)
                        .collect(Collectors.toSet());
    }

    private boolean keeps(ModelVersion version, long nowMillis) {
        long age = nowMillis - version.createdMillis();
        return age < Math.max(UNTOUCHED_MILLIS, TimeUnit.DAYS.toMillis(keepDays))
                || version.tags().keySet().stream().anyMatch(keepTags::contains);
    }
}
