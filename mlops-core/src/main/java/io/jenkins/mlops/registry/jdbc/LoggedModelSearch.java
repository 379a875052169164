package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.search.Condition;
import io.jenkins.mlops.search.Field;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelQuery;
import io.jenkins.mlops.tracking.LoggedModelQuery.Dataset;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Searches logged models. */
final class LoggedModelSearch {
    private static final SearchSql.Target MODELS = new SearchSql.Target(
            "logged model",
            "m.id",
            Map.of(
                    "name", "m.name",
                    "model_id", "m.model_id",
                    "model_type", "m.model_type",
                    "status", "m.status",
                    "source_run_id", "m.source_run"),
            Map.of("creation_timestamp", "m.created_millis", "last_updated_timestamp", "m.updated_millis"),
            "mlops_logged_model_tag",
            "model_id",
            false,
            "mlops_logged_model_param",
            "model_id");

    private LoggedModelSearch() {}

    static Page<LoggedModel> search(Sql sql, LoggedModelQuery query, Page.Request page) throws SQLException {
        SearchSql search = new SearchSql(MODELS, "m.deleted = FALSE");
        search.and(
                "m.experiment_id IN (" + Sql.marks(query.experimentIds().size()) + ")",
                query.experimentIds().stream().map(ExperimentRows::number).toArray());
        boolean byMetric = false;
        for (Condition condition : query.conditions()) {
            if (condition.field() == Field.METRIC) {
                byMetric = true;
                metric(search, condition, query.datasets());
            } else {
                search.condition(condition);
            }
        }
        if (!byMetric && !query.datasets().isEmpty()) {
            List<Object> values = new ArrayList<>();
            String ofThese = ofAny(query.datasets(), values);
            search.and(
                    "m.id IN (SELECT x.model_id FROM mlops_logged_model_metric x WHERE " + ofThese + ")",
                    values.toArray());
        }
        query.order().forEach(by -> order(search, by));
        long offset = Paging.number(page.token(), 0);
        List<LoggedModelRows.Row> rows = sql.list(
                LoggedModelRows.COLUMNS + search.joinsAndWhere() + " ORDER BY " + search.order()
                        + "m.created_millis DESC, m.id DESC LIMIT ? OFFSET ?",
                LoggedModelRows::row,
                search.values(page.limit() + 1, offset));
        boolean more = rows.size() > page.limit();
        List<LoggedModelRows.Row> shown = more ? rows.subList(0, page.limit()) : rows;
        return new Page<>(LoggedModelRows.complete(sql, shown), more ? String.valueOf(offset + page.limit()) : null);
    }

    private static void metric(SearchSql search, Condition condition, List<Dataset> datasets) {
        List<Object> values = new ArrayList<>(List.of(condition.key()));
        String ofThese = datasets.isEmpty() ? "" : " AND " + ofAny(datasets, values);
        search.conditionIn(
                "m.id IN (SELECT x.model_id FROM mlops_logged_model_metric x WHERE x.metric_key = ?" + ofThese
                        + " AND ",
                values,
                "x.metric_value",
                condition);
    }

    private static String ofAny(List<Dataset> datasets, List<Object> values) {
        List<String> each = new ArrayList<>();
        for (Dataset dataset : datasets) {
            each.add(of(dataset, values));
        }
        return "(" + String.join(" OR ", each) + ")";
    }

    private static String of(Dataset dataset, List<Object> values) {
        values.add(dataset.name());
        if (dataset.digest() == null) {
            return "x.dataset_name = ?";
        }
        values.add(dataset.digest());
        return "x.dataset_name = ? AND x.dataset_digest = ?";
    }

    private static void order(SearchSql search, LoggedModelQuery.By by) {
        if (by.order().field() != Field.METRIC) {
            search.order(by.order());
            return;
        }
        List<Object> values = new ArrayList<>(List.of(by.order().key()));
        Dataset dataset = by.dataset();
        String ofThis = dataset == null ? "" : " AND " + of(dataset, values);
        search.orderByJoined(
                "(SELECT x.model_id AS owner, x.metric_value AS sorted, ROW_NUMBER() OVER (PARTITION BY x.model_id"
                        + " ORDER BY x.millis DESC, x.step DESC) AS place FROM mlops_logged_model_metric x"
                        + " WHERE x.metric_key = ?" + ofThis + ")",
                values,
                by.order().descending());
    }
}
