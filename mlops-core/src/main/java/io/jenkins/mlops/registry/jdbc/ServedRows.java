package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.mlops.registry.ServedVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads what served at a moment of the past, from the moves of aliases and the changes of deployments. */
final class ServedRows {
    private static final String ALIASES =
            "SELECT c.id, m.name AS model, c.number, c.millis, c.promotion_id, c.alias, NULL AS operation_key"
                    + " FROM mlops_alias_change c JOIN mlops_model m ON m.id = c.model_id"
                    + " WHERE c.number > 0 AND c.id = (SELECT MAX(x.id) FROM mlops_alias_change x"
                    + " WHERE x.model_id = c.model_id AND x.alias = c.alias AND x.millis <= ?)";
    private static final String ENDPOINTS =
            "SELECT c.id, m.name AS model, d.number, c.millis, d.promotion_id, d.alias, d.operation_key"
                    + " FROM mlops_deployment_change c JOIN mlops_deployment d ON d.id = c.deployment_id"
                    + " JOIN mlops_model m ON m.id = d.model_id"
                    + " WHERE c.state = 'SERVING' AND c.id = (SELECT MAX(x.id) FROM mlops_deployment_change x"
                    + " WHERE x.deployment_id = c.deployment_id AND x.millis <= ?)";

    private ServedRows() {}

    private record Row(
            long id,
            String model,
            int number,
            long millis,
            @CheckForNull String promotionId,
            @CheckForNull String alias,
            @CheckForNull String operationKey) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    row.getString("model"),
                    row.getInt("number"),
                    row.getLong("millis"),
                    row.getString("promotion_id"),
                    row.getString("alias"),
                    row.getString("operation_key"));
        }

        String version() {
            return model + "\0" + number;
        }
    }

    static Page<ServedVersion> aliases(Sql sql, ServedQuery query, Page.Request page) throws SQLException {
        return served(sql, ALIASES, query.millis(), null, query.model(), page);
    }

    static Page<ServedVersion> endpoints(Sql sql, ServedQuery query, Page.Request page) throws SQLException {
        return served(sql, ENDPOINTS, query.millis(), query.endpoint(), query.model(), page);
    }

    private static Page<ServedVersion> served(
            Sql sql,
            String select,
            long millis,
            @CheckForNull String endpoint,
            @CheckForNull String model,
            Page.Request page)
            throws SQLException {
        StringBuilder where = new StringBuilder();
        List<Object> values = new ArrayList<>();
        values.add(millis);
        if (endpoint != null) {
            where.append(" AND c.endpoint = ?");
            values.add(endpoint);
        }
        if (model != null) {
            where.append(" AND m.name = ?");
            values.add(model);
        }
        values.add(Paging.number(page.token(), 0));
        values.add(page.limit() + 1);
        Page<Row> rows = Paging.of(
                sql.list(select + where + " AND c.id > ? ORDER BY c.id LIMIT ?", Row::of, values.toArray()),
                page.limit(),
                row -> String.valueOf(row.id()));
        return new Page<>(complete(sql, rows.items()), rows.nextToken());
    }

    private static List<ServedVersion> complete(Sql sql, List<Row> rows) throws SQLException {
        Map<String, Promotion> promotions = new HashMap<>();
        Object[] ids = rows.stream()
                .map(Row::promotionId)
                .filter(Objects::nonNull)
                .distinct()
                .toArray();
        if (ids.length > 0) {
            PromotionRows.list(sql, "WHERE p.promotion_id IN (" + Sql.marks(ids.length) + ")", ids)
                    .forEach(promotion -> promotions.put(promotion.id(), promotion));
        }
        Map<String, Deployment> deployments = new HashMap<>();
        Object[] keys =
                rows.stream().map(Row::operationKey).filter(Objects::nonNull).toArray();
        if (keys.length > 0) {
            DeploymentRows.list(sql, "WHERE d.operation_key IN (" + Sql.marks(keys.length) + ")", keys)
                    .forEach(deployment -> deployments.put(deployment.operationKey(), deployment));
        }
        Map<String, ModelVersion> versions = versions(sql, rows);
        List<ServedVersion> served = new ArrayList<>();
        for (Row row : rows) {
            ModelVersion version = versions.get(row.version());
            Deployment deployment = deployments.get(row.operationKey());
            if (version != null) {
                served.add(new ServedVersion(
                        row.alias(),
                        deployment == null ? null : deployment.endpoint(),
                        version,
                        row.millis(),
                        promotions.get(row.promotionId()),
                        deployment));
            }
        }
        return served;
    }

    private static Map<String, ModelVersion> versions(Sql sql, List<Row> rows) throws SQLException {
        Map<String, List<Integer>> numbers = new HashMap<>();
        rows.forEach(row ->
                numbers.computeIfAbsent(row.model(), model -> new ArrayList<>()).add(row.number()));
        Map<String, ModelVersion> versions = new HashMap<>();
        for (Map.Entry<String, List<Integer>> model : numbers.entrySet()) {
            List<Object> values = new ArrayList<>();
            values.add(model.getKey());
            model.getValue().stream().distinct().forEach(values::add);
            VersionRows.list(
                            sql,
                            "WHERE m.name = ? AND v.number IN (" + Sql.marks(values.size() - 1) + ")",
                            values.toArray())
                    .forEach(version -> versions.put(version.model() + "\0" + version.number(), version));
        }
        return versions;
    }
}
