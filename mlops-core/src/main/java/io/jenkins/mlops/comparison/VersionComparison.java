package io.jenkins.mlops.comparison;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Two versions side by side: {@code from} is what stands, {@code to} what is looked at.
 *
 * @param from the version compared with
 * @param to the version looked at
 * @param metrics the metrics that either has, in display order
 * @param params the parameters of the runs behind them, sorted by name
 * @param tags their tags, sorted by key
 * @param dataOnlyFrom digests of the snapshots that only {@code from} was made from
 * @param dataOnlyTo digests of the snapshots that only {@code to} was made from
 * @param files the files that either has, sorted by path, with their SHA-256 as values
 */
public record VersionComparison(
        ModelVersion from,
        ModelVersion to,
        List<ComparedMetric> metrics,
        List<ComparedValue> params,
        List<ComparedValue> tags,
        List<String> dataOnlyFrom,
        List<String> dataOnlyTo,
        List<ComparedValue> files)
        implements Serializable {
    public VersionComparison {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        metrics = copy(metrics);
        params = copy(params);
        tags = copy(tags);
        dataOnlyFrom = copy(dataOnlyFrom);
        dataOnlyTo = copy(dataOnlyTo);
        files = copy(files);
    }

    private static <T> List<T> copy(List<T> values) {
        return Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** Compares two versions, of one model or of two. */
    public static VersionComparison of(VersionFacts from, VersionFacts to) {
        Map<String, MetricValue> before = from.metrics();
        Map<String, MetricValue> after = to.metrics();
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        return new VersionComparison(
                from.version(),
                to.version(),
                names.stream()
                        .map(name -> ComparedMetric.of(name, before.get(name), after.get(name)))
                        .toList(),
                values(from.params(), to.params()),
                values(from.version().tags(), to.version().tags()),
                without(from.version().dataDigests(), to.version().dataDigests()),
                without(to.version().dataDigests(), from.version().dataDigests()),
                values(hashes(from.version()), hashes(to.version())));
    }

    /** Whether both were made from the same snapshots; false where either's are unknown. */
    public boolean sameData() {
        return !from.dataDigests().isEmpty() && dataOnlyFrom.isEmpty() && dataOnlyTo.isEmpty();
    }

    /** Whether both were made from the same commit, without changes to it; false where either's is unknown. */
    public boolean sameCode() {
        CodeRef before = from.commit();
        CodeRef after = to.commit();
        return before != null
                && after != null
                && !before.dirty()
                && !after.dirty()
                && before.commit().equals(after.commit());
    }

    /**
     * The command that shows how the code differs, to be run in a clone.
     *
     * @return null where either commit is unknown, both are the same, or they are of different repositories
     */
    @CheckForNull
    public String codeDiff() {
        CodeRef before = from.commit();
        CodeRef after = to.commit();
        if (before == null
                || after == null
                || before.commit().equals(after.commit())
                || !Objects.equals(before.repository(), after.repository())) {
            return null;
        }
        return "git diff " + before.commit() + " " + after.commit();
    }

    /** Those of the values that differ. */
    public static List<ComparedValue> changed(List<ComparedValue> values) {
        return values.stream().filter(ComparedValue::changed).toList();
    }

    private static Map<String, String> hashes(ModelVersion version) {
        Map<String, String> hashes = new java.util.TreeMap<>();
        version.files().forEach(file -> hashes.put(file.path(), file.sha256()));
        return hashes;
    }

    private static List<ComparedValue> values(Map<String, String> from, Map<String, String> to) {
        Set<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        Function<String, ComparedValue> compared = name -> new ComparedValue(name, from.get(name), to.get(name));
        return names.stream().map(compared).toList();
    }

    private static List<String> without(List<String> these, List<String> those) {
        return these.stream().filter(value -> !those.contains(value)).distinct().toList();
    }
}
