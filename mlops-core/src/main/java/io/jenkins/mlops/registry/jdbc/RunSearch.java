package io.jenkins.mlops.registry.jdbc;

import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.tracking.RunQuery;
import io.jenkins.mlops.tracking.RunQuery.Condition;
import io.jenkins.mlops.tracking.RunQuery.Field;
import io.jenkins.mlops.tracking.RunQuery.Operator;
import io.jenkins.mlops.tracking.RunQuery.Order;
import io.jenkins.mlops.tracking.TrackedRun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns a query for runs into SQL; keys and values are always bound, never written into it. */
final class RunSearch {
    private static final Map<String, String> TEXTS =
            Map.of("run_id", "r.run_id", "run_name", "r.name", "status", "r.status", "user_id", "r.user_id");
    private static final Map<String, String> TIMES = Map.of("start_time", "r.start_millis", "end_time", "r.end_millis");

    private final StringBuilder joins = new StringBuilder();
    private final List<Object> joinValues = new ArrayList<>();
    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private final StringBuilder order = new StringBuilder();

    private RunSearch() {}

    static Page<TrackedRun> search(Sql sql, RunQuery query, Page.Request page) throws SQLException {
        RunSearch search = new RunSearch();
        search.where.append(" WHERE r.deleted = ").append(query.deleted() ? "TRUE" : "FALSE");
        if (!query.experimentIds().isEmpty()) {
            search.where
                    .append(" AND r.experiment_id IN (")
                    .append(Sql.marks(query.experimentIds().size()))
                    .append(")");
            query.experimentIds().forEach(id -> search.values.add(ExperimentRows.number(id)));
        }
        query.conditions().forEach(search::condition);
        for (int i = 0; i < query.order().size(); i++) {
            search.order(query.order().get(i), "o" + i);
        }
        long offset = Paging.number(page.token(), 0);
        List<Object> all = new ArrayList<>(search.joinValues);
        all.addAll(search.values);
        all.add(page.limit() + 1);
        all.add(offset);
        List<RunRows.Row> rows = sql.list(
                RunRows.COLUMNS + RunRows.FROM + search.joins + search.where + " ORDER BY " + search.order
                        + "r.start_millis DESC, r.id DESC LIMIT ? OFFSET ?",
                RunRows::row,
                all.toArray());
        boolean more = rows.size() > page.limit();
        List<RunRows.Row> shown = more ? rows.subList(0, page.limit()) : rows;
        return new Page<>(RunRows.complete(sql, shown), more ? String.valueOf(offset + page.limit()) : null);
    }

    private void condition(Condition condition) {
        switch (condition.field()) {
            case METRIC -> {
                where.append(" AND r.id IN (SELECT x.run_id FROM mlops_run_metric x WHERE x.metric_id ="
                        + " (SELECT id FROM mlops_metric_name WHERE name = ?) AND ");
                values.add(condition.key());
                compare("x.metric_value", condition, number(condition));
                where.append(")");
            }
            case PARAM -> {
                where.append(" AND r.id IN (SELECT x.run_id FROM mlops_run_param x WHERE x.param_key = ? AND ");
                values.add(condition.key());
                compare("x.param_value", condition, condition.value());
                where.append(")");
            }
            case TAG -> {
                where.append(" AND r.id IN (SELECT x.run_id FROM mlops_run_tag x WHERE x.tag_key = ? AND ");
                values.add(condition.key());
                if (condition.operator() == Operator.EQ) {
                    where.append("x.value_hash = ?");
                    values.add(Ledger.sha256(condition.value()));
                } else {
                    compare("x.tag_value", condition, condition.value());
                }
                where.append(")");
            }
            case ATTRIBUTE -> {
                where.append(" AND ");
                if (TIMES.containsKey(condition.key())) {
                    compare(TIMES.get(condition.key()), condition, (long) number(condition));
                } else {
                    compare(column(condition.key()), condition, condition.value());
                }
            }
        }
    }

    private void compare(String column, Condition condition, Object value) {
        String operator =
                switch (condition.operator()) {
                    case EQ -> " = ?";
                    case NE -> " <> ?";
                    case LT -> " < ?";
                    case LE -> " <= ?";
                    case GT -> " > ?";
                    case GE -> " >= ?";
                    case LIKE, ILIKE -> " LIKE ? ESCAPE '!'";
                };
        boolean like = condition.operator() == Operator.LIKE || condition.operator() == Operator.ILIKE;
        if (like && !(value instanceof String)) {
            throw new IllegalArgumentException("LIKE compares texts; " + condition.key() + " is a number");
        }
        boolean anyCase = condition.operator() == Operator.ILIKE;
        where.append(anyCase ? "LOWER(" + column + ")" : column).append(operator);
        String text = like ? ((String) value).replace("!", "!!") : "";
        values.add(like ? anyCase ? text.toLowerCase(java.util.Locale.ROOT) : text : value);
    }

    private static double number(Condition condition) {
        try {
            return Double.parseDouble(condition.value());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + condition.key() + "' is compared with a number, found '" + condition.value() + "'", e);
        }
    }

    private static String column(String attribute) {
        String column = TEXTS.get(attribute);
        if (column == null) {
            throw new IllegalArgumentException("A run has no attribute '" + attribute
                    + "'; there are run_id, run_name, status, user_id, start_time and end_time");
        }
        return column;
    }

    private void order(Order by, String join) {
        String column;
        if (by.field() == Field.ATTRIBUTE) {
            column = TIMES.containsKey(by.key()) ? TIMES.get(by.key()) : column(by.key());
        } else if (by.field() == Field.METRIC) {
            joins.append(" LEFT JOIN mlops_run_metric " + join + " ON " + join + ".run_id = r.id AND " + join
                    + ".metric_id = (SELECT id FROM mlops_metric_name WHERE name = ?)");
            joinValues.add(by.key());
            column = join + ".metric_value";
        } else {
            String kind = by.field() == Field.PARAM ? "param" : "tag";
            joins.append(" LEFT JOIN mlops_run_" + kind + " " + join + " ON " + join + ".run_id = r.id AND " + join
                    + "." + kind + "_key = ?");
            joinValues.add(by.key());
            column = join + "." + kind + "_value";
        }
        order.append(
                "CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + column + (by.descending() ? " DESC, " : ", "));
    }
}
