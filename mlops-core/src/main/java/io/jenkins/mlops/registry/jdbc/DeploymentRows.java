package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads and writes deployments: the intent before the switch, the outcome after it. */
final class DeploymentRows {
    private static final String SELECT = "SELECT d.operation_key, d.endpoint, d.target, m.name AS model, d.number,"
            + " d.version_digest, d.alias, d.promotion_id, d.state, d.url, d.detail, d.message, d.requested_by,"
            + " d.started_millis, d.changed_millis, j.name AS job, d.build, d.build_url, d.build_ext"
            + " FROM mlops_deployment d JOIN mlops_model m ON m.id = d.model_id"
            + " LEFT JOIN mlops_job j ON j.id = d.job_id ";

    private DeploymentRows() {}

    static List<Deployment> list(Sql sql, String condition, Object... values) throws SQLException {
        return sql.list(SELECT + condition, DeploymentRows::row, values);
    }

    static Optional<Deployment> find(Sql sql, String operationKey) throws SQLException {
        return list(sql, "WHERE d.operation_key = ?", operationKey).stream().findFirst();
    }

    private static Deployment require(Sql sql, String operationKey) throws SQLException {
        return find(sql, operationKey)
                .orElseThrow(() ->
                        new RegistryException.NotFound("No deployment was begun under the key '" + operationKey + "'"));
    }

    private static Deployment row(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString("operation_key"),
                row.getString("endpoint"),
                row.getString("target"),
                row.getString("model"),
                row.getInt("number"),
                row.getString("version_digest"),
                row.getString("alias"),
                row.getString("promotion_id"),
                DeploymentState.valueOf(row.getString("state")),
                row.getString("url"),
                row.getString("detail"),
                row.getString("message"),
                VersionRows.build(row),
                row.getString("requested_by"),
                row.getLong("started_millis"),
                row.getLong("changed_millis"));
    }

    static Deployment begin(Transaction tx, DeploymentRequest request, long now) throws SQLException {
        tx.lockHead();
        Optional<Deployment> before = find(tx, request.operationKey());
        if (before.isPresent()) {
            return sameOperation(before.get(), request);
        }
        ModelVersion version = VersionRows.require(tx, request.model(), request.version());
        if (!version.digest().equals(request.versionDigest())) {
            throw new RegistryException.Conflict("What is to be deployed has the digest " + request.versionDigest()
                    + ", version " + version.number() + " of '" + version.model() + "' has " + version.digest());
        }
        Optional<Promotion> promotion = request.alias() == null
                ? Optional.empty()
                : PromotionRows.valid(tx, request.model(), request.version(), version.digest(), request.alias());
        if (promotion.isEmpty() && !request.allowUnpromoted()) {
            throw new RegistryException.Forbidden("Version " + version.number() + " of '" + version.model()
                    + "' has no valid promotion"
                    + (request.alias() == null ? "" : " to the alias '" + request.alias() + "'")
                    + ", so it is not deployed to '" + request.endpoint()
                    + "'. Promote it first, or say allowUnpromoted: true, which the ledger notes.");
        }
        for (Deployment other :
                list(tx, "WHERE d.endpoint = ? AND d.state = ?", request.endpoint(), DeploymentState.SWITCHING)) {
            BuildRef builder = other.build();
            throw new RegistryException.Conflict("The endpoint '" + request.endpoint() + "' is being switched to "
                    + "version " + other.version() + " of '" + other.model() + "' by "
                    + (builder == null ? other.requestedBy() : builder.displayName())
                    + " (operation " + other.operationKey() + "); wait for it, or end it first");
        }
        Object[] build = tx.build(request.build());
        String promotionId = promotion.map(Promotion::id).orElse(null);
        tx.insert(
                "INSERT INTO mlops_deployment (operation_key, endpoint, target, model_id, number, version_digest, alias,"
                        + " promotion_id, state, detail, message, requested_by, started_millis, changed_millis, job_id,"
                        + " build, build_url, build_ext) VALUES (" + Sql.marks(18) + ")",
                request.operationKey(),
                request.endpoint(),
                request.target(),
                ModelRows.require(tx, request.model()).id(),
                request.version(),
                request.versionDigest(),
                request.alias(),
                promotionId,
                DeploymentState.SWITCHING,
                request.detailJson(),
                "",
                request.requestedBy(),
                now,
                now,
                build[0],
                build[1],
                build[2],
                build[3]);
        Deployment begun = require(tx, request.operationKey());
        Map<String, Object> payload = payload(begun);
        payload.put("promotion", promotionId);
        payload.put("unpromoted", promotion.isEmpty() ? true : null);
        tx.ledger("deployment.switching", begun.model(), begun.requestedBy(), now, payload);
        return begun;
    }

    private static Deployment sameOperation(Deployment before, DeploymentRequest request) {
        if (!before.endpoint().equals(request.endpoint())
                || !before.model().equals(request.model())
                || before.version() != request.version()) {
            throw new RegistryException.Conflict("The operation " + before.operationKey() + " already deploys version "
                    + before.version() + " of '" + before.model() + "' to '" + before.endpoint()
                    + "'; another deployment needs another key");
        }
        return before;
    }

    static Deployment note(Transaction tx, String operationKey, String detailJson, long now) throws SQLException {
        tx.lockHead();
        Deployment deployment = require(tx, operationKey);
        tx.update("UPDATE mlops_deployment SET detail = ? WHERE operation_key = ?", detailJson, operationKey);
        Map<String, Object> payload = payload(deployment);
        payload.put("detail", detailJson);
        tx.ledger("deployment.noted", deployment.model(), deployment.requestedBy(), now, payload);
        return require(tx, operationKey);
    }

    static Deployment move(Transaction tx, String operationKey, String url, long now) throws SQLException {
        tx.lockHead();
        Deployment deployment = require(tx, operationKey);
        if (deployment.state() != DeploymentState.SERVING) {
            throw new RegistryException.Conflict("The deployment " + operationKey + " to '" + deployment.endpoint()
                    + "' is " + deployment.state() + ", so it has no address to be kept");
        }
        if (url.equals(deployment.url())) {
            return deployment;
        }
        tx.update("UPDATE mlops_deployment SET url = ? WHERE operation_key = ?", url, operationKey);
        Map<String, Object> payload = payload(deployment);
        payload.put("from", deployment.url());
        payload.put("url", url);
        tx.ledger("deployment.moved", deployment.model(), deployment.requestedBy(), now, payload);
        return require(tx, operationKey);
    }

    static Deployment finish(
            Transaction tx,
            String operationKey,
            DeploymentState state,
            @CheckForNull String url,
            String message,
            long now)
            throws SQLException {
        tx.lockHead();
        Deployment deployment = require(tx, operationKey);
        DeploymentState from = deployment.state();
        if (from == state) {
            return deployment;
        }
        boolean legal = from == DeploymentState.SWITCHING
                ? state != DeploymentState.RETIRED
                : from == DeploymentState.SERVING && state != DeploymentState.SWITCHING;
        if (!legal) {
            throw new RegistryException.Conflict("The deployment " + operationKey + " to '" + deployment.endpoint()
                    + "' is " + from + " and can't become " + state);
        }
        if (state == DeploymentState.SERVING) {
            retirePredecessor(tx, deployment, now);
        } else if (from == DeploymentState.SERVING && state != DeploymentState.RETIRED) {
            restorePredecessor(tx, deployment, now);
        }
        set(tx, deployment, state, url == null ? deployment.url() : url, message, null, now);
        return require(tx, operationKey);
    }

    private static void retirePredecessor(Transaction tx, Deployment deployment, long now) throws SQLException {
        for (Deployment serving :
                list(tx, "WHERE d.endpoint = ? AND d.state = ?", deployment.endpoint(), DeploymentState.SERVING)) {
            set(
                    tx,
                    serving,
                    DeploymentState.RETIRED,
                    serving.url(),
                    "Replaced by version " + deployment.version() + " of '" + deployment.model() + "'",
                    deployment.operationKey(),
                    now);
        }
    }

    private static void restorePredecessor(Transaction tx, Deployment deployment, long now) throws SQLException {
        for (Deployment before : list(
                tx, "WHERE d.endpoint = ? AND d.replaced_by = ?", deployment.endpoint(), deployment.operationKey())) {
            set(
                    tx,
                    before,
                    DeploymentState.SERVING,
                    before.url(),
                    "Serves again, since version " + deployment.version() + " of '" + deployment.model()
                            + "' was taken back",
                    null,
                    now);
        }
    }

    private static void set(
            Transaction tx,
            Deployment deployment,
            DeploymentState state,
            @CheckForNull String url,
            String message,
            @CheckForNull String replacedBy,
            long now)
            throws SQLException {
        String text = message == null ? "" : message;
        tx.update(
                "UPDATE mlops_deployment SET state = ?, url = ?, message = ?, replaced_by = ?, changed_millis = ?"
                        + " WHERE operation_key = ?",
                state,
                url,
                text,
                replacedBy,
                now,
                deployment.operationKey());
        tx.update(
                "INSERT INTO mlops_deployment_change (deployment_id, endpoint, state, millis)"
                        + " SELECT id, endpoint, state, changed_millis FROM mlops_deployment WHERE operation_key = ?",
                deployment.operationKey());
        Map<String, Object> payload = payload(deployment);
        payload.put("from", deployment.state());
        payload.put("url", url);
        payload.put("message", text);
        String name = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
        tx.ledger("deployment." + name, deployment.model(), deployment.requestedBy(), now, payload);
    }

    private static Map<String, Object> payload(Deployment deployment) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("operation", deployment.operationKey());
        payload.put("endpoint", deployment.endpoint());
        payload.put("target", deployment.target());
        payload.put("version", deployment.version());
        payload.put("digest", deployment.versionDigest());
        payload.put("alias", deployment.alias());
        return payload;
    }
}
