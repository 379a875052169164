package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Downstream;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Follows a digest down to versions and endpoints, for readers of all jobs or of some. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class ReachedVersions {
    private static final int MOST_COUNTED = 10_000;
    private static final int AT_ONCE = 1_000;

    private ReachedVersions() {}

    private record Place(long id, long modelId, int number) {}

    static Downstream of(Sql sql, String given, @CheckForNull Set<String> readable, int limit) throws SQLException {
        String digest = Limits.digest("The digest", given);
        int most = (int) Limits.range("The number of versions", limit, 1, 1_000);
        JobFilter jobs = JobFilter.of(sql, readable);
        List<Long> ids = candidates(sql, digest);
        boolean more = ids.size() > MOST_COUNTED;
        List<Place> places = new ArrayList<>();
        for (int from = 0; from < Math.min(MOST_COUNTED, ids.size()); from += AT_ONCE) {
            Object[] some =
                    ids.subList(from, Math.min(ids.size(), from + AT_ONCE)).toArray();
            places.addAll(sql.list(
                    "SELECT v.id, v.model_id, v.number FROM mlops_version v WHERE v.id IN (" + Sql.marks(some.length)
                            + ") AND v.status <> 'DELETED'" + jobs.condition("v.job_id") + " ORDER BY v.id DESC",
                    row -> new Place(row.getLong(1), row.getLong(2), row.getInt(3)),
                    some));
        }
        Map<Long, Set<Integer>> numbers = new HashMap<>();
        places.forEach(place ->
                numbers.computeIfAbsent(place.modelId(), id -> new HashSet<>()).add(place.number()));
        List<Long> named = places.stream().limit(most).map(Place::id).toList();
        Map<Long, ModelVersion> versions = VersionRows.byId(sql, named);
        return new Downstream(
                places.size(),
                numbers.size(),
                more,
                named.stream().map(versions::get).filter(Objects::nonNull).toList(),
                serving(sql, numbers));
    }

    /** Ids of the newest versions that have to do with a digest, one more than are counted. */
    private static List<Long> candidates(Sql sql, String digest) throws SQLException {
        String sha256 = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        Set<Long> ids = new TreeSet<>(Collections.reverseOrder());
        ids.addAll(newest(sql, "SELECT id FROM mlops_version WHERE digest = ? ORDER BY digest DESC, id DESC", digest));
        ids.addAll(newest(
                sql,
                "SELECT version_id FROM mlops_version_file WHERE sha256 = ? ORDER BY sha256 DESC, version_id DESC",
                sha256));
        ids.addAll(newest(
                sql,
                "SELECT version_id FROM mlops_version_data WHERE digest = ? ORDER BY digest DESC, version_id DESC",
                digest));
        return new ArrayList<>(ids);
    }

    private static List<Long> newest(Sql sql, String statement, String digest) throws SQLException {
        return sql.list(statement + " LIMIT ?", row -> row.getLong(1), digest, MOST_COUNTED + 1);
    }

    private static List<Deployment> serving(Sql sql, Map<Long, Set<Integer>> numbers) throws SQLException {
        record Serving(long id, long modelId, int number) {}
        String ids = sql
                .list(
                        "SELECT d.id, d.model_id, d.number FROM mlops_deployment d"
                                + " WHERE d.state IN ('SERVING', 'SWITCHING')",
                        row -> new Serving(row.getLong(1), row.getLong(2), row.getInt(3)))
                .stream()
                .filter(one -> numbers.getOrDefault(one.modelId(), Set.of()).contains(one.number()))
                .map(one -> String.valueOf(one.id()))
                .collect(Collectors.joining(", "));
        return ids.isEmpty()
                ? List.of()
                : DeploymentRows.list(sql, "WHERE d.id IN (" + ids + ") ORDER BY d.endpoint, d.id");
    }
}
