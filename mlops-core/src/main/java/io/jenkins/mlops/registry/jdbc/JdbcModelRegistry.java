package io.jenkins.mlops.registry.jdbc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.AliasChange;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.Decision;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.LedgerEntry;
import io.jenkins.mlops.registry.LedgerVerification;
import io.jenkins.mlops.registry.Limits;
import io.jenkins.mlops.registry.ModelCatalog;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.PolicyOrigin;
import io.jenkins.mlops.registry.PolicyReview;
import io.jenkins.mlops.registry.PolicyRevision;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionPolicy;
import io.jenkins.mlops.registry.PromotionRequest;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.ServedQuery;
import io.jenkins.mlops.registry.ServedVersion;
import io.jenkins.mlops.registry.TrendPoint;
import io.jenkins.mlops.registry.VersionQuery;
import io.jenkins.mlops.registry.approval.KnownPeople;
import io.jenkins.mlops.search.Query;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The registry in a relational database. */
public final class JdbcModelRegistry implements ModelRegistry {
    /** So that one transaction stays short; the rest is confirmed with the next call. */
    private static final int CONFIRMED_AT_ONCE = 200;

    private final RegistryDatabase database;
    private final Clock clock;
    private final boolean appliesLater;

    /** The registry in {@code database}, which is closed with it; times are taken from {@code clock}. */
    public JdbcModelRegistry(RegistryDatabase database, Clock clock) {
        this(database, clock, false);
    }

    private JdbcModelRegistry(RegistryDatabase database, Clock clock, boolean appliesLater) {
        this.database = database;
        this.clock = clock;
        this.appliesLater = appliesLater;
    }

    private interface Change<T> {
        T make(Transaction tx, long now) throws SQLException;
    }

    private <T> T change(Change<T> change) {
        return database.write(tx -> change.make(tx, clock.millis()));
    }

    private interface Step {
        void make(Transaction tx, long now) throws SQLException;
    }

    private void make(Step step) {
        change((tx, now) -> {
            step.make(tx, now);
            return null;
        });
    }

    private interface Rule<T> {
        T follow(PromotionRules rules) throws SQLException;
    }

    private <T> T promote(Rule<T> rule) {
        return change((tx, now) -> rule.follow(new PromotionRules(tx, now, appliesLater)));
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
        return change((tx, now) -> VersionChanges.register(tx, registration, now));
    }

    @Override
    public ModelVersion restore(Registration registration, int number, long createdMillis) {
        int wanted = (int) Limits.range("A version's number", number, 1, Integer.MAX_VALUE);
        return change((tx, now) -> VersionChanges.restore(tx, registration, wanted, createdMillis, now));
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
    public ModelCatalog catalog() {
        return new JdbcModelCatalog(database);
    }

    @Override
    public ModelVersion version(String model, int number) {
        return database.read(sql -> VersionRows.require(sql, model, number));
    }

    @Override
    public Page<ModelVersion> versions(VersionQuery query, Page.Request page) {
        return database.read(sql -> VersionSearch.search(sql, query, page));
    }

    @Override
    public Page<RegisteredModel> searchModels(Query query, Page.Request page) {
        return database.read(sql -> ModelRows.search(sql, query, page));
    }

    @Override
    public Page<ModelVersion> searchVersions(Query query, Page.Request page) {
        return database.read(sql -> VersionSearch.search(sql, query, page));
    }

    @Override
    public void deleteModel(String model, String actor) {
        user(actor);
        make((tx, now) -> VersionChanges.deleteModel(tx, model, actor, now));
    }

    @Override
    public Optional<ModelVersion> byAlias(String model, String alias) {
        return database.read(sql -> VersionRows.byAlias(sql, model, alias));
    }

    @Override
    public void describeModel(String model, String description, String actor) {
        String text = description == null ? "" : Limits.text("A model's description", description, Limits.TEXT);
        user(actor);
        make((tx, now) -> VersionChanges.describeModel(tx, model, text, actor, now));
    }

    @Override
    public void describeVersion(String model, int number, String description, String actor) {
        String text = description == null ? "" : Limits.text("A version's description", description, Limits.TEXT);
        user(actor);
        make((tx, now) -> VersionChanges.describe(tx, model, number, text, actor, now));
    }

    @Override
    public void setModelTag(String model, String key, @CheckForNull String value, String actor) {
        checkTag(key, value);
        user(actor);
        make((tx, now) -> VersionChanges.tagModel(tx, model, key, value, actor, now));
    }

    @Override
    public void setTag(String model, int number, String key, @CheckForNull String value, String actor) {
        checkTag(key, value);
        user(actor);
        make((tx, now) -> VersionChanges.tag(tx, model, number, key, value, actor, now));
    }

    private static void checkTag(String key, @CheckForNull String value) {
        Limits.line("A tag's key", key, Limits.KEY);
        Limits.text("The tag " + key, value, Limits.TAG_VALUE);
    }

    @Override
    public void deleteVersion(String model, int number, String actor) {
        user(actor);
        make((tx, now) -> VersionChanges.delete(tx, model, number, actor, now));
    }

    @Override
    public void recordEvaluation(EvaluationRecord evaluation) {
        make((tx, now) -> EvaluationRows.insert(tx, evaluation, now));
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
        return database.read(sql -> VersionRows.hasAnyOf(sql, job, build));
    }

    @Override
    public List<ModelVersion> versionsOf(String job, int build) {
        return database.read(sql -> VersionRows.ofBuild(sql, job, build));
    }

    @Override
    public List<Integer> buildsWithVersions(String job) {
        return database.read(sql -> VersionRows.builds(sql, job));
    }

    @Override
    public void jobMoved(String from, String to, String actor) {
        Limits.line("The job's old name", from, Limits.LINE);
        Limits.line("The job's new name", to, Limits.LINE);
        user(actor);
        make((tx, now) -> JobRows.move(tx, from, to, actor, now));
    }

    @Override
    public void buildDeleted(BuildRef build) {
        make((tx, now) -> JobRows.gone(tx, build, now));
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
    public Promotion invalidate(String promotionId, String reason) {
        Limits.line("The reason", reason, Limits.TEXT);
        return change((tx, now) -> new PromotionUpkeep(tx, now).invalidate(promotionId, reason));
    }

    @Override
    public ModelRegistry applyingLater() {
        return new JdbcModelRegistry(database, clock, true);
    }

    @Override
    public List<Promotion> scheduled() {
        return database.read(sql -> PromotionRows.list(sql, "WHERE p.state = 'APPROVED' ORDER BY p.id"));
    }

    @Override
    public List<Promotion> due(long nowMillis) {
        return scheduled().stream()
                .filter(promotion -> promotion.expiresMillis() > nowMillis && promotion.isWindowOpen(nowMillis))
                .toList();
    }

    @Override
    public Promotion apply(String promotionId) {
        return change((tx, now) -> new PromotionUpkeep(tx, now).applyApproved(promotionId));
    }

    @Override
    public List<Promotion> confirmApplied() {
        boolean any = database.read(
                sql -> sql.first("SELECT 1 FROM mlops_promotion WHERE state = 'APPLIED' LIMIT 1", row -> 1)
                        .isPresent());
        return any ? change((tx, now) -> new PromotionUpkeep(tx, now).confirmApplied(CONFIRMED_AT_ONCE)) : List.of();
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
        return promote(rules -> rules.removeAlias(model, alias, actor));
    }

    @Override
    public List<Promotion> expire(long nowMillis) {
        boolean due = database.read(sql -> sql.first(
                        "SELECT 1 FROM mlops_promotion WHERE state IN ('REQUESTED', 'AWAITING_APPROVAL', 'APPROVED')"
                                + " AND expires_millis <= ? LIMIT 1",
                        row -> 1,
                        nowMillis)
                .isPresent());
        return due ? change((tx, now) -> new PromotionUpkeep(tx, now).expire(nowMillis)) : List.of();
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
    public List<PolicyRevision> policyHistory(@CheckForNull String model) {
        String name = model == null ? "" : ModelName.check(model);
        return database.read(sql -> PromotionRows.policyHistory(sql, name));
    }

    @Override
    public PromotionPolicy setPolicy(PromotionPolicy policy, String actor) {
        user(actor);
        PolicyReview.refuseImpossible(policy, KnownPeople.UNKNOWN, clock.millis());
        PromotionPolicy kept =
                policy.origin() == PolicyOrigin.BUILT_IN ? policy.withOrigin(PolicyOrigin.PERSON) : policy;
        return change((tx, now) -> PromotionRows.setPolicy(tx, kept, actor, now));
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
    public Page<ServedVersion> aliasesAt(ServedQuery query, Page.Request page) {
        return database.read(sql -> ServedRows.aliases(sql, query, page));
    }

    @Override
    public Page<ServedVersion> endpointsAt(ServedQuery query, Page.Request page) {
        return database.read(sql -> ServedRows.endpoints(sql, query, page));
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
    public Deployment moveDeployment(String operationKey, String url) {
        Limits.required("An endpoint's URL", Limits.optionalLine("An endpoint's URL", url, Limits.LINE));
        return change((tx, now) -> DeploymentRows.move(tx, operationKey, url, now));
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
        return database.read(sql -> VersionRows.byDigest(sql, digest));
    }

    @Override
    public List<ModelVersion> versionsByData(String dataDigest) {
        return database.read(sql -> VersionRows.byData(sql, dataDigest));
    }

    @Override
    public Page<LedgerEntry> ledger(@CheckForNull String model, Page.Request page) {
        return database.read(sql -> LedgerRows.page(sql, model, page));
    }

    @Override
    public List<LedgerEntry> ledgerAfter(long seq, int limit) {
        int most = (int) Limits.range("The number of entries", limit, 1, 1_000);
        return database.read(sql -> LedgerRows.after(sql, seq, most));
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
