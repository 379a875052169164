package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.Ledger;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.registry.VersionStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry in a relational database. */
public final class JdbcModelRegistry implements ModelRegistry {
    private final RegistryDatabase database;
    private final Clock clock;

    /** The registry in {@code database}, which is closed with it; times are taken from {@code clock}. */
    public JdbcModelRegistry(RegistryDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private interface Change<T> {
        T make(Transaction tx, long now) throws SQLException;
    }

    private <T> T change(Change<T> change) {
        return database.write(tx -> change.make(tx, clock.millis()));
    }

    private interface Rule<T> {
        T follow(PromotionRules rules) throws SQLException;
    }

    private <T> T promote(Rule<T> rule) {
        return change((tx, now) -> rule.follow(new PromotionRules(tx, now)));
    }

    private static String user(String actor) {
        return Limits.line("The user", actor, Limits.LINE);
    }

    @Override
    public RegisteredModel createModel(String model, String description, String actor) {
        String name = ModelName.check(model);
        String text = description == null ? "" : Limits.text("A model's description", description, Limits.TEXT);
        user(actor);
        return change((tx, now) -> {
            tx.lockHead();
            ModelRows.ensure(tx, name, text, actor, now);
            return ModelRows.read(tx, name);
        });
    }

    @Override
    public ModelVersion register(Registration registration) {
        return change((tx, now) -> {
            tx.lockHead();
            Optional<ModelVersion> before = VersionRows.byOperation(tx, registration.operationKey());
            if (before.isPresent()) {
                return sameOperation(before.get(), registration);
            }
            ModelRows.Head head = ModelRows.ensure(tx, registration.model(), "", registration.createdBy(), now);
            ModelVersion version = new ModelVersion(
                    head.name(),
                    head.lastNumber() + 1,
                    registration.digest(),
                    registration.files(),
                    registration.source(),
                    registration.signatureJson(),
                    registration.runId(),
                    registration.build(),
                    registration.commit(),
                    registration.dataDigests(),
                    registration.metrics(),
                    registration.tags(),
                    registration.description(),
                    registration.authors(),
                    registration.createdBy(),
                    now,
                    VersionStatus.READY);
            tx.update("UPDATE mlops_model SET last_number = ? WHERE id = ?", version.number(), head.id());
            VersionRows.insert(tx, head.id(), registration.operationKey(), version);
            EvaluationRows.headline(tx, version.build(), version.metrics(), now);
            tx.ledger("version.registered", version.model(), version.createdBy(), now, payload(version));
            return version;
        });
    }

    private static ModelVersion sameOperation(ModelVersion before, Registration registration) {
        if (!before.model().equals(registration.model()) || !before.digest().equals(registration.digest())) {
            throw new RegistryException.Conflict("The operation " + registration.operationKey()
                    + " already registered version " + before.number() + " of '" + before.model() + "' with the digest "
                    + before.digest() + "; another version needs another key");
        }
        return before;
    }

    private static Map<String, Object> payload(ModelVersion version) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("version", version.number());
        payload.put("digest", version.digest());
        payload.put("files", version.files().size());
        payload.put("bytes", version.bytes());
        payload.put("source", version.source());
        payload.put("signature", version.signatureJson() == null ? null : Ledger.sha256(version.signatureJson()));
        payload.put("run", version.runId());
        payload.put("build", version.build() == null ? null : version.build().externalizableId());
        payload.put("commit", version.commit() == null ? null : version.commit().commit());
        payload.put("dirty", version.commit() == null ? null : version.commit().dirty());
        payload.put("data", version.dataDigests());
        payload.put("metrics", version.metrics());
        payload.put("authors", version.authors());
        return payload;
    }

    @Override
    public RegisteredModel model(String model) {
        return database.read(sql -> ModelRows.read(sql, model));
    }

    @Override
    public Page<RegisteredModel> models(@CheckForNull String search, Page.Request page) {
        return database.read(sql -> ModelRows.page(sql, search, page));
    }

    @Override
    public ModelVersion version(String model, int number) {
        return database.read(sql -> VersionRows.require(sql, model, number));
    }

    @Override
    public Page<ModelVersion> versions(VersionQuery query, Page.Request page) {
        return database.read(sql -> VersionRows.search(sql, query, page));
    }

    @Override
    public Optional<ModelVersion> byAlias(String model, String alias) {
        return database.read(sql -> VersionRows.list(
                        sql,
                        "JOIN mlops_alias a ON a.model_id = v.model_id AND a.number = v.number"
                                + " WHERE m.name = ? AND a.alias = ?",
                        model,
                        alias)
                .stream()
                .findFirst());
    }

    @Override
    public void describeModel(String model, String description, String actor) {
        String text = description == null ? "" : Limits.text("A model's description", description, Limits.TEXT);
        user(actor);
        change((tx, now) -> {
            long id = ModelRows.require(tx, model).id();
            tx.update("UPDATE mlops_model SET description = ? WHERE id = ?", text, id);
            tx.ledger("model.described", model, actor, now, Map.of("description", text));
            return null;
        });
    }

    @Override
    public void describeVersion(String model, int number, String description, String actor) {
        String text = description == null ? "" : Limits.text("A version's description", description, Limits.TEXT);
        user(actor);
        change((tx, now) -> {
            long id = VersionRows.idOf(tx, model, number);
            tx.update("UPDATE mlops_version SET description = ? WHERE id = ?", text, id);
            tx.ledger("version.described", model, actor, now, Map.of("version", number, "description", text));
            return null;
        });
    }

    @Override
    public void setModelTag(String model, String key, @CheckForNull String value, String actor) {
        checkTag(key, value);
        user(actor);
        change((tx, now) -> {
            long id = ModelRows.require(tx, model).id();
            tx.update("DELETE FROM mlops_model_tag WHERE model_id = ? AND tag_key = ?", id, key);
            if (value != null) {
                tx.update(
                        "INSERT INTO mlops_model_tag (model_id, tag_key, tag_value) VALUES (?, ?, ?)", id, key, value);
            }
            tx.ledger("model.tagged", model, actor, now, tag(null, key, value));
            return null;
        });
    }

    @Override
    public void setTag(String model, int number, String key, @CheckForNull String value, String actor) {
        checkTag(key, value);
        user(actor);
        change((tx, now) -> {
            long id = VersionRows.idOf(tx, model, number);
            tx.update("DELETE FROM mlops_version_tag WHERE version_id = ? AND tag_key = ?", id, key);
            if (value != null) {
                tx.update(
                        "INSERT INTO mlops_version_tag (version_id, tag_key, tag_value, value_hash)"
                                + " VALUES (?, ?, ?, ?)",
                        id,
                        key,
                        value,
                        Ledger.sha256(value));
            }
            tx.ledger("version.tagged", model, actor, now, tag(number, key, value));
            return null;
        });
    }

    private static void checkTag(String key, @CheckForNull String value) {
        Limits.line("A tag's key", key, Limits.KEY);
        Limits.text("The tag " + key, value, Limits.TAG_VALUE);
    }

    private static Map<String, Object> tag(@CheckForNull Integer version, String key, @CheckForNull String value) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("version", version);
        payload.put("key", key);
        payload.put("value", value);
        return payload;
    }

    @Override
    public void deleteVersion(String model, int number, String actor) {
        user(actor);
        change((tx, now) -> {
            tx.lockHead();
            ModelRows.Head head = ModelRows.require(tx, model);
            ModelVersion version = VersionRows.require(tx, model, number);
            for (String alias : tx.list(
                    "SELECT alias FROM mlops_alias WHERE model_id = ? AND number = ?",
                    row -> row.getString(1),
                    head.id(),
                    number)) {
                throw new RegistryException.Conflict("Version " + number + " of '" + model + "' holds the alias '"
                        + alias + "'; move the alias first");
            }
            for (Deployment use : DeploymentRows.list(
                    tx,
                    "WHERE d.model_id = ? AND d.number = ? AND d.state IN ('SERVING', 'SWITCHING')",
                    head.id(),
                    number)) {
                throw new RegistryException.Conflict("Version " + number + " of '" + model + "' serves at '"
                        + use.endpoint() + "'; deploy another one there first");
            }
            tx.update(
                    "UPDATE mlops_version SET status = 'DELETED' WHERE model_id = ? AND number = ?", head.id(), number);
            tx.ledger("version.deleted", model, actor, now, Map.of("version", number, "digest", version.digest()));
            return null;
        });
    }

    @Override
    public void recordEvaluation(EvaluationRecord evaluation) {
        change((tx, now) -> {
            EvaluationRows.insert(tx, evaluation, now);
            return null;
        });
    }

    @Override
    public List<EvaluationRecord> evaluations(String model, int number) {
        return database.read(sql -> EvaluationRows.of(sql, VersionRows.require(sql, model, number)));
    }

    @Override
    public List<TrendPoint> headlineMetrics(String job, String metric, int fromBuild, int limit) {
        int most = (int) Limits.range("The number of points", limit, 1, 10_000);
        return database.read(sql -> EvaluationRows.trend(sql, job, metric, fromBuild, most));
    }

    @Override
    public List<String> headlineMetricNames(String job) {
        return database.read(sql -> EvaluationRows.metricNames(sql, job));
    }

    @Override
    public boolean hasVersionsOf(String job, int build) {
        return database.read(sql -> sql.first(
                        "SELECT 1 FROM mlops_version v JOIN mlops_job j ON j.id = v.job_id"
                                + " WHERE j.name_hash = ? AND v.build = ? AND v.status <> 'DELETED' LIMIT 1",
                        row -> 1,
                        Ledger.sha256(job),
                        build)
                .isPresent());
    }

    @Override
    public List<ModelVersion> versionsOf(String job, int build) {
        return database.read(sql -> VersionRows.list(
                sql,
                "WHERE j.name_hash = ? AND v.build = ? AND v.status <> 'DELETED' ORDER BY v.id",
                Ledger.sha256(job),
                build));
    }

    @Override
    public List<Integer> buildsWithVersions(String job) {
        return database.read(sql -> sql.list(
                "SELECT DISTINCT v.build FROM mlops_version v JOIN mlops_job j ON j.id = v.job_id"
                        + " WHERE j.name_hash = ? AND v.status <> 'DELETED' ORDER BY v.build",
                row -> row.getInt(1),
                Ledger.sha256(job)));
    }

    @Override
    public void jobMoved(String from, String to, String actor) {
        Limits.line("The job's old name", from, Limits.LINE);
        Limits.line("The job's new name", to, Limits.LINE);
        change((tx, now) -> {
            JobRows.move(tx, from, to, user(actor), now);
            return null;
        });
    }

    @Override
    public void buildDeleted(BuildRef build) {
        change((tx, now) -> {
            JobRows.gone(tx, build, now);
            return null;
        });
    }

    @Override
    public boolean isBuildDeleted(String job, int build) {
        return database.read(sql -> JobRows.isGone(sql, job, build));
    }

    @Override
    public Promotion requestPromotion(PromotionRequest request) {
        return promote(rules -> rules.request(request));
    }

    @Override
    public Promotion decide(Decision decision) {
        return promote(rules -> rules.decide(decision));
    }

    @Override
    public Promotion withdraw(String promotionId, String actor, String reason) {
        user(actor);
        return promote(rules -> rules.withdraw(promotionId, actor, reason));
    }

    @Override
    public Promotion verify(String promotionId, String actor, String note) {
        user(actor);
        return promote(rules -> rules.verify(promotionId, actor, note));
    }

    @Override
    public Promotion override(
            String operationKey, String model, int version, String alias, String actor, String reason) {
        Limits.line("The operation's key", operationKey, Limits.KEY);
        ModelName.checkAlias(alias);
        Limits.text("The reason", reason, Limits.TEXT / 2);
        user(actor);
        return promote(rules -> rules.override(operationKey, model, version, alias, actor, reason));
    }

    @Override
    public Promotion rollback(
            String operationKey, String model, String alias, int toVersion, String actor, String reason) {
        Limits.line("The operation's key", operationKey, Limits.KEY);
        ModelName.checkAlias(alias);
        String text = reason == null ? "" : Limits.text("The reason", reason, Limits.TEXT / 2);
        user(actor);
        return promote(rules -> rules.rollback(operationKey, model, alias, toVersion, actor, text));
    }

    @Override
    public boolean deleteAlias(String model, String alias, String actor) {
        user(actor);
        return change((tx, now) -> {
            tx.lockHead();
            long modelId = ModelRows.require(tx, model).id();
            int previous = PromotionRows.aliasTarget(tx, modelId, alias);
            if (previous == 0) {
                return false;
            }
            PromotionRows.moveAlias(tx, modelId, new AliasChange(model, alias, 0, previous, null, actor, now));
            tx.ledger("alias.removed", model, actor, now, Map.of("alias", alias, "previous", previous));
            return true;
        });
    }

    @Override
    public List<Promotion> expire(long nowMillis) {
        boolean due = database.read(sql -> sql.first(
                        "SELECT 1 FROM mlops_promotion WHERE state IN ('REQUESTED', 'AWAITING_APPROVAL')"
                                + " AND expires_millis <= ? LIMIT 1",
                        row -> 1,
                        nowMillis)
                .isPresent());
        return due ? promote(rules -> rules.expire(nowMillis)) : List.of();
    }

    @Override
    public Promotion promotion(String promotionId) {
        return database.read(sql -> PromotionRows.require(sql, promotionId).promotion());
    }

    @Override
    public List<Promotion> pending() {
        return database.read(sql -> PromotionRows.list(sql, "WHERE p.state = 'AWAITING_APPROVAL' ORDER BY p.id"));
    }

    @Override
    public Page<Promotion> promotionsOf(String model, Page.Request page) {
        return database.read(sql -> PromotionRows.ofModel(sql, model, page));
    }

    @Override
    public boolean hasValidPromotion(String model, int version, String digest, String alias) {
        return database.read(
                sql -> PromotionRows.valid(sql, model, version, digest, alias).isPresent());
    }

    @Override
    public PromotionPolicy policy(String model) {
        return database.read(sql -> PromotionRows.policy(sql, ModelName.check(model)));
    }

    @Override
    public PromotionPolicy defaultPolicy() {
        return database.read(sql -> PromotionRows.policySet(sql, "").orElseGet(PromotionPolicy::byDefault));
    }

    @Override
    public PromotionPolicy setPolicy(PromotionPolicy policy, String actor) {
        user(actor);
        return change((tx, now) -> {
            tx.lockHead();
            int revision = tx.first("SELECT MAX(revision) FROM mlops_policy", row -> row.getInt(1))
                            .orElse(0)
                    + 1;
            PromotionPolicy kept = policy.withModel(policy.model(), revision);
            String model = kept.model() == null ? "" : kept.model();
            String json = Json.write(kept);
            tx.insert(
                    "INSERT INTO mlops_policy (model, revision, policy_json, set_by, millis) VALUES (?, ?, ?, ?, ?)",
                    model,
                    revision,
                    json,
                    actor,
                    now);
            tx.ledger("policy.set", model, actor, now, Map.of("revision", revision, "policy", json));
            return kept;
        });
    }

    @Override
    public List<AliasChange> aliasHistory(String model, String alias) {
        return database.read(sql -> PromotionRows.history(sql, model, alias));
    }

    @Override
    public Optional<ModelVersion> servedAt(String model, String alias, long millis) {
        return database.read(sql -> {
            for (AliasChange change : PromotionRows.history(sql, model, alias)) {
                if (change.millis() <= millis) {
                    return change.version() == 0
                            ? Optional.<ModelVersion>empty()
                            : VersionRows.list(sql, "WHERE m.name = ? AND v.number = ?", model, change.version())
                                    .stream()
                                    .findFirst();
                }
            }
            return Optional.<ModelVersion>empty();
        });
    }

    @Override
    public Deployment beginDeployment(DeploymentRequest request) {
        return change((tx, now) -> DeploymentRows.begin(tx, request, now));
    }

    @Override
    public Deployment noteDeployment(String operationKey, String detailJson) {
        Limits.required("A deployment's detail", Limits.text("A deployment's detail", detailJson, Limits.DOCUMENT));
        return change((tx, now) -> DeploymentRows.note(tx, operationKey, detailJson, now));
    }

    @Override
    public Deployment finishDeployment(
            String operationKey, DeploymentState state, @CheckForNull String url, String message) {
        Limits.required("The deployment's state", state);
        Limits.optionalLine("An endpoint's URL", url, Limits.LINE);
        Limits.text("A deployment's message", message, Limits.TEXT);
        return change((tx, now) -> DeploymentRows.finish(tx, operationKey, state, url, message, now));
    }

    @Override
    public Optional<Deployment> deployment(String operationKey) {
        return database.read(sql -> DeploymentRows.find(sql, operationKey));
    }

    @Override
    public Optional<Deployment> serving(String endpoint) {
        return database.read(sql ->
                DeploymentRows.list(sql, "WHERE d.endpoint = ? AND d.state = 'SERVING' ORDER BY d.id DESC", endpoint)
                        .stream()
                        .findFirst());
    }

    @Override
    public List<Deployment> deployments(String endpoint, int limit) {
        int most = (int) Limits.range("The number of deployments", limit, 1, 1_000);
        return database.read(
                sql -> DeploymentRows.list(sql, "WHERE d.endpoint = ? ORDER BY d.id DESC LIMIT ?", endpoint, most));
    }

    @Override
    public List<Deployment> endpoints() {
        return database.read(
                sql -> DeploymentRows.list(sql, "WHERE d.state IN ('SERVING', 'SWITCHING') ORDER BY d.endpoint, d.id"));
    }

    @Override
    public List<Deployment> endpointsOf(String model) {
        return database.read(
                sql -> DeploymentRows.list(sql, "WHERE m.name = ? AND d.state = 'SERVING' ORDER BY d.endpoint", model));
    }

    @Override
    public List<ModelVersion> versionsByDigest(String digest) {
        String sha256 = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        return database.read(sql -> VersionRows.list(
                sql,
                "WHERE v.status <> 'DELETED' AND (v.digest = ?"
                        + " OR v.id IN (SELECT f.version_id FROM mlops_version_file f WHERE f.sha256 = ?))"
                        + " ORDER BY v.id DESC LIMIT 1000",
                digest,
                sha256));
    }

    @Override
    public List<ModelVersion> versionsByData(String dataDigest) {
        return database.read(sql -> VersionRows.list(
                sql,
                "WHERE v.status <> 'DELETED'"
                        + " AND v.id IN (SELECT d.version_id FROM mlops_version_data d WHERE d.digest = ?)"
                        + " ORDER BY v.id DESC LIMIT 1000",
                dataDigest));
    }

    @Override
    public Page<LedgerEntry> ledger(@CheckForNull String model, Page.Request page) {
        return database.read(sql -> LedgerRows.page(sql, model, page));
    }

    @Override
    public LedgerVerification verifyLedger() {
        return database.read(LedgerRows::verify);
    }

    @Override
    public Optional<String> readOnlyReason() {
        return database.readOnlyReason();
    }

    @Override
    public void close() {
        database.close();
    }
}
