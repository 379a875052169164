package io.jenkins.mlops.registry.jdbc;

import com.fasterxml.jackson.core.type.TypeReference;
import io.jenkins.mlops.gate.Verdict;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.DecisionRecord;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionKind;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads and writes promotions, decisions, policies and aliases; the rules are {@link PromotionRules}'. */
final class PromotionRows {
    private static final String SELECT = "SELECT p.id, p.promotion_id, p.kind, m.name AS model, p.number, p.alias,"
            + " p.state, p.revision, p.requested_by, p.requested_millis, p.version_digest, p.verdict, p.evidence_hash,"
            + " p.gate_report, p.policy_json, p.expires_millis, p.applied_millis, p.previous_number, p.reason,"
            + " p.apply_millis, j.name AS job, p.build, p.build_url, p.build_ext FROM mlops_promotion p"
            + " JOIN mlops_model m ON m.id = p.model_id LEFT JOIN mlops_job j ON j.id = p.job_id ";
    private static final TypeReference<Set<String>> STRINGS = new TypeReference<>() {};

    private PromotionRows() {}

    /** A promotion and its row's id. */
    record Row(long id, Promotion promotion) {}

    static void insert(Transaction tx, long modelId, String operationKey, Promotion promotion) throws SQLException {
        Object[] build = tx.build(promotion.build());
        tx.insert(
                "INSERT INTO mlops_promotion (promotion_id, operation_key, kind, model_id, number, alias, state,"
                        + " revision, requested_by, requested_millis, version_digest, verdict, evidence_hash,"
                        + " gate_report, policy_json, expires_millis, applied_millis, previous_number, reason, job_id,"
                        + " build, build_url, build_ext) VALUES (" + Sql.marks(23) + ")",
                promotion.id(),
                operationKey,
                promotion.kind(),
                modelId,
                promotion.version(),
                promotion.alias(),
                promotion.state(),
                promotion.revision(),
                promotion.requestedBy(),
                promotion.requestedMillis(),
                promotion.versionDigest(),
                promotion.verdict(),
                promotion.evidenceHash(),
                promotion.gateReportJson(),
                PolicyText.write(promotion.policy()),
                promotion.expiresMillis(),
                promotion.appliedMillis(),
                promotion.previousVersion(),
                promotion.reason(),
                build[0],
                build[1],
                build[2],
                build[3]);
    }

    static List<Row> rows(Sql sql, String condition, Object... values) throws SQLException {
        List<Row> rows = sql.list(SELECT + condition, PromotionRows::row, values);
        if (rows.isEmpty()) {
            return rows;
        }
        Object[] ids = rows.stream().map(Row::id).toArray();
        Map<Long, List<DecisionRecord>> decisions = new HashMap<>();
        sql.list(
                "SELECT promotion_id, approve, user_id, groups_json, comment_text, millis FROM mlops_decision"
                        + " WHERE promotion_id IN (" + Sql.marks(ids.length) + ") ORDER BY promotion_id, position",
                row -> decisions
                        .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new DecisionRecord(
                                row.getBoolean(2),
                                row.getString(3),
                                Json.read(row.getString(4), STRINGS),
                                row.getString(5),
                                row.getLong(6))),
                ids);
        return rows.stream()
                .map(row ->
                        new Row(row.id(), withDecisions(row.promotion(), decisions.getOrDefault(row.id(), List.of()))))
                .toList();
    }

    static List<Promotion> list(Sql sql, String condition, Object... values) throws SQLException {
        return rows(sql, condition, values).stream().map(Row::promotion).toList();
    }

    static Row require(Sql sql, String promotionId) throws SQLException {
        List<Row> found = rows(sql, "WHERE p.promotion_id = ?", promotionId);
        if (found.isEmpty()) {
            throw new RegistryException.NotFound("There is no promotion '" + promotionId + "'");
        }
        return found.get(0);
    }

    static Page<Promotion> ofModel(Sql sql, String model, Page.Request page) throws SQLException {
        long modelId = ModelRows.require(sql, model).id();
        List<Row> found = rows(
                sql,
                "WHERE p.model_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?",
                modelId,
                Paging.number(page.token(), Long.MAX_VALUE),
                page.limit() + 1);
        Page<Row> rows = Paging.of(found, page.limit(), row -> String.valueOf(row.id()));
        return new Page<>(rows.items().stream().map(Row::promotion).toList(), rows.nextToken());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                new Promotion(
                        row.getString("promotion_id"),
                        PromotionKind.valueOf(row.getString("kind")),
                        row.getString("model"),
                        row.getInt("number"),
                        row.getString("alias"),
                        PromotionState.valueOf(row.getString("state")),
                        row.getInt("revision"),
                        row.getString("requested_by"),
                        row.getLong("requested_millis"),
                        row.getString("version_digest"),
                        Verdict.valueOf(row.getString("verdict")),
                        row.getString("evidence_hash"),
                        row.getString("gate_report"),
                        PolicyText.read(row.getString("policy_json")),
                        List.of(),
                        row.getLong("expires_millis"),
                        row.getLong("applied_millis"),
                        row.getInt("previous_number"),
                        row.getString("reason"),
                        VersionRows.build(row),
                        row.getLong("apply_millis")));
    }

    private static Promotion withDecisions(Promotion p, List<DecisionRecord> decisions) {
        return new Promotion(
                p.id(),
                p.kind(),
                p.model(),
                p.version(),
                p.alias(),
                p.state(),
                p.revision(),
                p.requestedBy(),
                p.requestedMillis(),
                p.versionDigest(),
                p.verdict(),
                p.evidenceHash(),
                p.gateReportJson(),
                p.policy(),
                decisions,
                p.expiresMillis(),
                p.appliedMillis(),
                p.previousVersion(),
                p.reason(),
                p.build(),
                p.applyMillis());
    }

    // Policies

    /** The newest policy set for a model; {@code ""} is the default for all. */
    static Optional<PromotionPolicy> policySet(Sql sql, String model) throws SQLException {
        return sql.first(
                "SELECT policy_json FROM mlops_policy WHERE model = ? ORDER BY revision DESC LIMIT 1",
                row -> PolicyText.read(row.getString(1)),
                model);
    }

    /** The policy in force for a model. */
    static PromotionPolicy policy(Sql sql, String model) throws SQLException {
        Optional<PromotionPolicy> own = policySet(sql, model);
        return own.isPresent() ? own.get() : policySet(sql, "").orElseGet(PromotionPolicy::byDefault);
    }

    /** The policies that were set for a model, newest first; {@code ""} is the default for all. */
    static List<PolicyRevision> policyHistory(Sql sql, String model) throws SQLException {
        return sql.list(
                "SELECT policy_json, set_by, millis FROM mlops_policy WHERE model = ? ORDER BY revision DESC",
                row -> new PolicyRevision(PolicyText.read(row.getString(1)), row.getString(2), row.getLong(3)),
                model);
    }

    /** Keeps a policy under the next revision. */
    static PromotionPolicy setPolicy(Transaction tx, PromotionPolicy policy, String actor, long now)
            throws SQLException {
        tx.lockHead();
        int revision = tx.first("SELECT MAX(revision) FROM mlops_policy", row -> row.getInt(1))
                        .orElse(0)
                + 1;
        PromotionPolicy kept = policy.withModel(policy.model(), revision);
        String model = kept.model() == null ? "" : kept.model();
        String json = PolicyText.write(kept);
        tx.insert(
                "INSERT INTO mlops_policy (model, revision, policy_json, set_by, millis) VALUES (?, ?, ?, ?, ?)",
                model,
                revision,
                json,
                actor,
                now);
        tx.ledger("policy.set", model, actor, now, Map.of("revision", revision, "policy", json));
        return kept;
    }

    // Aliases

    /** The number that an alias points at; 0 for none. */
    static int aliasTarget(Sql sql, long modelId, String alias) throws SQLException {
        return sql.first(
                        "SELECT number FROM mlops_alias WHERE model_id = ? AND alias = ?",
                        row -> row.getInt(1),
                        modelId,
                        alias)
                .orElse(0);
    }

    static List<AliasChange> history(Sql sql, String model, String alias) throws SQLException {
        return sql.list(
                "SELECT m.name, c.alias, c.number, c.previous_number, c.promotion_id, c.changed_by, c.millis"
                        + " FROM mlops_alias_change c JOIN mlops_model m ON m.id = c.model_id"
                        + " WHERE m.name = ? AND c.alias = ? ORDER BY c.id DESC",
                row -> new AliasChange(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7)),
                model,
                alias);
    }

    /** Points an alias at a version ({@code number} 0 removes it) and notes the change. */
    static void moveAlias(Transaction tx, long modelId, AliasChange change) throws SQLException {
        if (change.version() == 0) {
            tx.update("DELETE FROM mlops_alias WHERE model_id = ? AND alias = ?", modelId, change.alias());
        } else if (change.previousVersion() == 0) {
            tx.update(
                    "INSERT INTO mlops_alias (model_id, alias, number) VALUES (?, ?, ?)",
                    modelId,
                    change.alias(),
                    change.version());
        } else {
            tx.update(
                    "UPDATE mlops_alias SET number = ? WHERE model_id = ? AND alias = ?",
                    change.version(),
                    modelId,
                    change.alias());
        }
        tx.insert(
                "INSERT INTO mlops_alias_change (model_id, alias, number, previous_number, promotion_id, changed_by,"
                        + " millis) VALUES (?, ?, ?, ?, ?, ?, ?)",
                modelId,
                change.alias(),
                change.version(),
                change.previousVersion(),
                change.promotionId(),
                change.changedBy(),
                change.millis());
    }

    /** The applied promotion that allows a version under an alias, newest first. */
    static Optional<Promotion> valid(Sql sql, String model, int number, String digest, String alias)
            throws SQLException {
        return list(
                        sql,
                        "JOIN mlops_version v ON v.model_id = p.model_id AND v.number = p.number"
                                + " WHERE m.name = ? AND p.number = ? AND p.alias = ? AND p.version_digest = ?"
                                + " AND v.digest = p.version_digest AND v.status = 'READY'"
                                + " AND p.state IN ('APPLIED', 'VERIFIED') ORDER BY p.id DESC",
                        model,
                        number,
                        alias,
                        digest)
                .stream()
                .findFirst();
    }
}
