package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.search.Lifecycle;
import io.jenkins.mlops.search.Query;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.TrackedRun;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Searches runs. */
final class RunSearch {
    private static final SearchSql.Target RUNS = new SearchSql.Target(
            "run",
            "r.id",
            Map.of("run_id", "r.run_id", "run_name", "r.name", "status", "r.status", "user_id", "r.user_id"),
            Map.of("start_time", "r.start_millis", "end_time", "r.end_millis"),
            "mlops_run_tag",
            "run_id",
            true);

    private RunSearch() {}

    static Page<TrackedRun> search(Sql sql, RunQuery runs, Page.Request page) throws SQLException {
        Query query = runs.query();
        SearchSql search = new SearchSql(RUNS, lifecycle("r.deleted", query.lifecycle()));
        if (!runs.experimentIds().isEmpty()) {
            search.and(
                    "r.experiment_id IN (" + Sql.marks(runs.experimentIds().size()) + ")",
                    runs.experimentIds().stream().map(ExperimentRows::number).toArray());
        }
        query.conditions().forEach(search::condition);
        query.order().forEach(search::order);
        long offset = Paging.number(page.token(), 0);
        List<RunRows.Row> rows = sql.list(
                RunRows.COLUMNS + RunRows.FROM + search.joinsAndWhere() + " ORDER BY " + search.order()
                        + "r.start_millis DESC, r.id DESC LIMIT ? OFFSET ?",
                RunRows::row,
                search.values(page.limit() + 1, offset));
        boolean more = rows.size() > page.limit();
        List<RunRows.Row> shown = more ? rows.subList(0, page.limit()) : rows;
        return new Page<>(RunRows.complete(sql, shown), more ? String.valueOf(offset + page.limit()) : null);
    }

    /** The condition that a lifecycle means for a column that says whether a row is deleted. */
    static String lifecycle(String deleted, Lifecycle lifecycle) {
        return switch (lifecycle) {
            case ACTIVE -> deleted + " = FALSE";
            case DELETED -> deleted + " = TRUE";
            case ALL -> "1 = 1";
        };
    }
}
