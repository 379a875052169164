package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Ledger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs whose versions a reader may see, as a condition in SQL. */
final class JobFilter {
    private static final int JOBS_AT_ONCE = 1_000;

    /** The ids, as they stand in SQL; null for all jobs, and for versions of none. */
    @CheckForNull
    private final String ids;

    private JobFilter(@CheckForNull String ids) {
        this.ids = ids;
    }

    /** The jobs of these names that the database knows; null for all. */
    static JobFilter of(Sql sql, @CheckForNull Set<String> jobs) throws SQLException {
        if (jobs == null) {
            return new JobFilter(null);
        }
        List<Long> found = new ArrayList<>();
        List<String> names = new ArrayList<>(jobs);
        for (int from = 0; from < names.size(); from += JOBS_AT_ONCE) {
            Object[] hashes = names.subList(from, Math.min(names.size(), from + JOBS_AT_ONCE)).stream()
                    .map(Ledger::sha256)
                    .toArray();
            found.addAll(sql.list(
                    "SELECT id FROM mlops_job WHERE name_hash IN (" + Sql.marks(hashes.length) + ")",
                    row -> row.getLong(1),
                    hashes));
        }
        Collections.sort(found);
        return new JobFilter(found.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    boolean isAll() {
        return ids == null;
    }

    /** The condition on a column of jobs' ids, to be added to others; empty where all may be seen. */
    String condition(String column) {
        if (ids == null) {
            return "";
        }
        return ids.isEmpty() ? " AND 1 = 0" : " AND " + column + " IN (" + ids + ")";
    }
}
