package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.Downstream;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelListing;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelSummary;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.VersionListing;
import io.jenkins.mlops.registry.VersionPoint;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The lists that pages show, cut by the database. */
@SuppressFBWarnings(
        value = "SQL_PREPARED_STATEMENT_GENERATED_FROM_NONCONSTANT_STRING",
        justification = "The SQL is put together from constants and the database's own ids; all else is bound")
final class JdbcModelCatalog implements ModelCatalog {
    private static final int MOST_PROMOTIONS = 100;
    private static final int MOST_DEPLOYMENTS = 100;

    private final RegistryDatabase database;

    JdbcModelCatalog(RegistryDatabase database) {
        this.database = database;
    }

    @Override
    public List<String> jobs() {
        return database.read(sql -> sql.list(
                "SELECT j.name FROM mlops_job j"
                        + " WHERE EXISTS (SELECT 1 FROM mlops_model_job c WHERE c.job_id = j.id) ORDER BY j.name",
                row -> row.getString(1)));
    }

    @Override
    public Listing<ModelSummary> models(ModelListing query) {
        return database.read(sql -> ListedModels.of(sql, query));
    }

    @Override
    public Listing<ModelVersion> versions(VersionListing query) {
        return database.read(sql -> ListedVersions.of(sql, query));
    }

    @Override
    public List<VersionPoint> trend(String model, String metric, @CheckForNull Set<String> jobs, int limit) {
        return trends(Map.of(ModelName.check(model), metric), jobs, limit).get(model);
    }

    @Override
    public Map<String, List<VersionPoint>> trends(
            Map<String, String> metrics, @CheckForNull Set<String> jobs, int limit) {
        return database.read(sql -> trends(sql, metrics, jobs, limit));
    }

    static Map<String, List<VersionPoint>> trends(
            Sql sql, Map<String, String> metrics, @CheckForNull Set<String> jobs, int limit) throws SQLException {
        int most = (int) Limits.range("The number of versions", limit, 1, 10_000);
        String visible = " AND v.status <> 'DELETED'" + JobFilter.of(sql, jobs).condition("v.job_id");
        Map<String, List<VersionPoint>> trends = new TreeMap<>();
        for (Map.Entry<String, String> wanted : metrics.entrySet()) {
            List<VersionPoint> points = new ArrayList<>();
            Optional<ModelRows.Head> head = ModelRows.find(sql, wanted.getKey());
            if (head.isPresent()) {
                points.addAll(points(sql, head.get().id(), wanted.getValue(), visible, most));
                Collections.reverse(points);
            }
            trends.put(wanted.getKey(), points);
        }
        return trends;
    }

    /**
     * The inner query is answered from the index of lists alone; asked for more, H2 would take another and sort. For
     * the same reason it doesn't answer what it sorts by as it is.
     */
    private static List<VersionPoint> points(Sql sql, long model, String metric, String visible, int limit)
            throws SQLException {
        return sql.list(
                "SELECT n.number, n.metric_value, (SELECT w.created_millis FROM mlops_version w WHERE w.id = n.id)"
                        + " FROM (SELECT v.id, v.number + 0 AS number, x.metric_value FROM mlops_version v"
                        + " JOIN mlops_version_metric x ON x.version_id = v.id AND x.metric_id = ?"
                        + " WHERE v.model_id = ?" + visible + " ORDER BY v.model_id DESC, v.number DESC LIMIT ?) n"
                        + " ORDER BY n.number DESC",
                row -> new VersionPoint(row.getInt(1), Sql.NullDouble.read(row, "metric_value"), row.getLong(3)),
                ListedVersions.metricId(sql, metric),
                model,
                limit);
    }

    @Override
    public Map<String, PromotionPolicy> policies(Set<String> models) {
        return database.read(sql -> {
            PromotionPolicy common = PromotionRows.policySet(sql, "").orElseGet(PromotionPolicy::byDefault);
            Map<String, PromotionPolicy> policies = new TreeMap<>();
            for (String model : models) {
                policies.put(
                        model,
                        PromotionRows.policySet(sql, ModelName.check(model)).orElse(common));
            }
            return policies;
        });
    }

    @Override
    public List<Deployment> serving(Set<String> models, @CheckForNull Set<String> jobs) {
        if (models.isEmpty()) {
            return List.of();
        }
        return database.read(sql -> DeploymentRows.list(
                sql,
                "JOIN mlops_version v ON v.model_id = d.model_id AND v.number = d.number"
                        + " WHERE d.state IN ('SERVING', 'SWITCHING') AND m.name IN (" + Sql.marks(models.size()) + ")"
                        + JobFilter.of(sql, jobs).condition("v.job_id") + " ORDER BY d.endpoint, d.id",
                models.toArray()));
    }

    @Override
    public Downstream downstream(String digest, @CheckForNull Set<String> jobs, int limit) {
        return database.read(sql -> ReachedVersions.of(sql, digest, jobs, limit));
    }

    @Override
    public List<Promotion> promotionsOf(String model, int number) {
        return database.read(sql -> PromotionRows.list(
                sql,
                "WHERE p.model_id = ? AND p.number = ? ORDER BY p.id DESC LIMIT ?",
                ModelRows.require(sql, model).id(),
                number,
                MOST_PROMOTIONS));
    }

    @Override
    public List<Deployment> deploymentsOf(String model, int number) {
        return database.read(sql -> DeploymentRows.list(
                sql,
                "WHERE d.model_id = ? AND d.number = ? ORDER BY d.id DESC LIMIT ?",
                ModelRows.require(sql, model).id(),
                number,
                MOST_DEPLOYMENTS));
    }

    @Override
    public List<String> aliasesEver(String model) {
        return database.read(sql -> sql.list(
                "SELECT DISTINCT alias FROM mlops_alias_change WHERE model_id = ? ORDER BY alias",
                row -> row.getString(1),
                ModelRows.require(sql, model).id()));
    }
}
