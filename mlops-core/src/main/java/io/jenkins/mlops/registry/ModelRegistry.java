package io.jenkins.mlops.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.search.Query;
import java.util.List;
import java.util.Optional;

/**
 * The registry of models: versions, aliases, promotions, deployments and the ledger of every change.
 *
 * <p>Every change is one transaction with its ledger entry: it is there whole, on disk, when the method returns, or
 * not at all. Methods may be called by any number of threads. Those that take an operation key are idempotent: the
 * second call with the same key changes nothing and answers as the first. All of them throw
 * {@link RegistryException} (NotFound, Conflict, Forbidden, Unavailable) and {@link IllegalArgumentException} for
 * values outside {@link Limits}. The caller has checked the user's permission; the registry holds the policy.
 */
public interface ModelRegistry extends AutoCloseable {
    // Models and versions

    /** Creates a model without versions, or answers with the one that is there. */
    RegisteredModel createModel(String model, String description, String actor);

    /** Registers a version, and its model with the first one; numbers are dense and unique under concurrency. */
    ModelVersion register(Registration registration);

    /**
     * Puts a version back that was lost, under the number that it had. One that is there already is left as it is.
     *
     * @param number the number that it had
     * @param createdMillis when it was registered first, in epoch milliseconds
     * @throws RegistryException.Conflict when another version has that number, or the version was deleted
     */
    ModelVersion restore(Registration registration, int number, long createdMillis);

    /** @throws RegistryException.NotFound when there is no such model */
    RegisteredModel model(String model);

    /** Models by name, those whose name contains {@code search} in any case; null or empty for all. */
    Page<RegisteredModel> models(@CheckForNull String search, Page.Request page);

    /** The lists that pages show: sorted, searched, and cut to what a reader may see. */
    default ModelCatalog catalog() {
        return ModelCatalog.walking(this);
    }

    /** @throws RegistryException.NotFound when there is no such version, or it is deleted */
    ModelVersion version(String model, int number);

    /** Versions that fit the query; deleted ones aren't found. */
    Page<ModelVersion> versions(VersionQuery query, Page.Request page);

    /**
     * Models that fit a query, by name where it names no order; attributes {@code name}, {@code creation_timestamp} and
     * {@code last_updated_timestamp}.
     */
    Page<RegisteredModel> searchModels(Query query, Page.Request page);

    /**
     * Versions that fit a query, newest first where it names no order; attributes {@code name}, {@code run_id},
     * {@code source_path}, {@code version_number}, {@code creation_timestamp} and {@code last_updated_timestamp}.
     */
    Page<ModelVersion> searchVersions(Query query, Page.Request page);

    /** The version that an alias points at; empty when the alias or the model isn't there. */
    Optional<ModelVersion> byAlias(String model, String alias);

    /** Replaces a model's description. */
    void describeModel(String model, String description, String actor);

    /** Replaces a version's description. */
    void describeVersion(String model, int number, String description, String actor);

    /** Sets a model's tag, or removes it with a null value. */
    void setModelTag(String model, String key, @CheckForNull String value, String actor);

    /** Sets a version's tag, or removes it with a null value. */
    void setTag(String model, int number, String key, @CheckForNull String value, String actor);

    /** Deletes a version, which no alias may point at and no endpoint may serve; its number stays taken. */
    void deleteVersion(String model, int number, String actor);

    /**
     * Deletes a model with its versions, none of which an alias may point at or an endpoint serve. What is registered
     * under its name later goes on counting.
     *
     * @throws RegistryException.Conflict when a version is in use; nothing was deleted
     */
    void deleteModel(String model, String actor);

    // Evaluations and trends

    /** Keeps an evaluation and its build's headline metrics. */
    void recordEvaluation(EvaluationRecord evaluation);

    /** The evaluations of a version, or of the run it came from, newest first. */
    List<EvaluationRecord> evaluations(String model, int number);

    /**
     * A job's headline metric over its builds, by build number, from an index: no build is loaded.
     *
     * @param fromBuild the oldest build wanted
     * @param limit most points, 1 to 10,000; the newest are taken
     */
    List<TrendPoint> headlineMetrics(String job, String metric, int fromBuild, int limit);

    /** Names of the headline metrics that any build of a job has, sorted. */
    List<String> headlineMetricNames(String job);

    /** Whether a version was registered by the build, which is then to be kept. */
    boolean hasVersionsOf(String job, int build);

    /** The versions that a build registered. */
    List<ModelVersion> versionsOf(String job, int build);

    /** Numbers of a job's builds that registered versions, sorted. */
    List<Integer> buildsWithVersions(String job);

    /** Follows a job or folder that was renamed or moved: everything under {@code from} is now under {@code to}. */
    void jobMoved(String from, String to, String actor);

    /** Notes that a build is gone, so that pages say so instead of linking to it. */
    void buildDeleted(BuildRef build);

    /** Whether a build is known to be gone. */
    boolean isBuildDeleted(String job, int build);

    // Promotions

    /**
     * Asks for an alias to be moved. The policy is applied at once: the answer is REJECTED when the gates failed,
     * APPLIED when nobody has to approve (APPROVED while the policy's change window is closed), else AWAITING_APPROVAL.
     *
     * @throws RegistryException.Conflict when the policy, the version's digest or the alias' holder is another by now
     */
    Promotion requestPromotion(PromotionRequest request);

    /**
     * Takes one person's decision down; the approval that completes the quorum moves the alias in the same
     * transaction, or leaves the promotion APPROVED until the policy's change window opens. What is APPROVED can still
     * be rejected.
     *
     * @throws RegistryException.Conflict when it is decided already, by this person or altogether, or when the person
     *     saw another digest, evidence or revision
     * @throws RegistryException.Forbidden when the policy bars the person
     */
    Promotion decide(Decision decision);

    /** Takes an open promotion back. @throws RegistryException.Conflict when it is decided already */
    Promotion withdraw(String promotionId, String actor, String reason);

    /** Notes that the alias was seen to lead to the version, or the version to serve well: APPLIED becomes VERIFIED. */
    Promotion verify(String promotionId, String actor, String note);

    /**
     * Voids an open promotion, because what was judged is not what is there: a changed file, a version that is gone.
     * It becomes REJECTED; no decision on it counts any more.
     *
     * @throws RegistryException.Conflict when it is decided already
     */
    Promotion invalidate(String promotionId, String reason);

    /**
     * The same registry, but what would move an alias at once stays APPROVED until {@link #apply}: for callers who
     * check the files in between.
     */
    default ModelRegistry applyingLater() {
        return this;
    }

    /** The promotions that are APPROVED and wait for a change window or a check of their files, oldest first. */
    List<Promotion> scheduled();

    /**
     * Those of {@link #scheduled} that may be applied at a moment: no change window is asked for or one is open, and
     * they didn't expire.
     */
    List<Promotion> due(long nowMillis);

    /**
     * Moves the alias for an APPROVED promotion whose change window, if it asks for one, is open. The caller has
     * checked the files.
     *
     * @return the promotion; as it stands when it was applied already
     * @throws RegistryException.Conflict when it isn't approved, has expired, or no window is open
     */
    Promotion apply(String promotionId);

    /**
     * Reads back where the aliases of APPLIED promotions point. They become VERIFIED when their alias points, or
     * pointed until the next promotion, at their version. Where it doesn't, it was moved past the registry: it is given
     * back to the version before, and the promotion is REJECTED.
     *
     * @return those that changed
     */
    List<Promotion> confirmApplied();

    /** Moves an alias past gates and approvals, with a reason; for administrators. */
    Promotion override(String operationKey, String model, int version, String alias, String actor, String reason);

    /**
     * Gives an alias back to a version that held it before, by that version's valid promotion: at once, or when those
     * have approved whom {@link PromotionPolicy#rollbackApprovals} names. Change windows don't bind it.
     *
     * @param toVersion the version to go back to; 0 takes the last one before the present
     * @throws RegistryException.NotFound when no such version held the alias by a valid promotion
     */
    Promotion rollback(String operationKey, String model, String alias, int toVersion, String actor, String reason);

    /** Removes an alias; false when there was none. */
    boolean deleteAlias(String model, String alias, String actor);

    /** Ends the open promotions whose time is up, those that wait for a change window, too. @return those ended */
    List<Promotion> expire(long nowMillis);

    /** @throws RegistryException.NotFound when there is no such promotion */
    Promotion promotion(String promotionId);

    /** The promotions that await approval, oldest first. */
    List<Promotion> pending();

    /** A model's promotions, newest first. */
    Page<Promotion> promotionsOf(String model, Page.Request page);

    /** Whether an applied promotion allows this version, with this digest, under this alias. */
    boolean hasValidPromotion(String model, int version, String digest, String alias);

    /** The policy in force for a model: its own, else the default for all, else the built-in one. */
    PromotionPolicy policy(String model);

    /** The policy of all models that have none of their own. */
    PromotionPolicy defaultPolicy();

    /** The policies that were set for a model, or as the default when null, newest first. */
    List<PolicyRevision> policyHistory(@CheckForNull String model);

    /**
     * Sets the policy of {@code policy.model()}, or the default when that is null.
     *
     * @return the new revision
     * @throws IllegalArgumentException when no promotion could ever meet it, see {@link PolicyReview}
     */
    PromotionPolicy setPolicy(PromotionPolicy policy, String actor);

    /** The moves of an alias, newest first. */
    List<AliasChange> aliasHistory(String model, String alias);

    /** The version that an alias pointed at, at a moment in epoch milliseconds; empty when it pointed at none. */
    Optional<ModelVersion> servedAt(String model, String alias, long millis);

    /**
     * The versions that aliases pointed at, at a moment; by the time that they came there, oldest first.
     *
     * @param query the endpoint is ignored
     */
    Page<ServedVersion> aliasesAt(ServedQuery query, Page.Request page);

    /** The versions that endpoints served at a moment; by the time that they came there, oldest first. */
    Page<ServedVersion> endpointsAt(ServedQuery query, Page.Request page);

    // Deployments

    /**
     * Writes the intent to deploy down, before anything is switched.
     *
     * @throws RegistryException.Forbidden when no valid promotion allows it, unless {@code allowUnpromoted}
     * @throws RegistryException.Conflict when another deployment to the same endpoint is still switching
     */
    Deployment beginDeployment(DeploymentRequest request);

    /** Keeps what the target needs to find its work again (a process id, a job's name), before it is awaited. */
    Deployment noteDeployment(String operationKey, String detailJson);

    /**
     * Keeps the address at which a deployment serves from now on: its process was started again, say, by a rollback.
     *
     * @param url the address; nothing is changed where it is known already
     * @throws RegistryException.Conflict when the deployment doesn't serve
     */
    Deployment moveDeployment(String operationKey, String url);

    /** Writes the outcome down; the version that served before is then RETIRED when the new one is SERVING. */
    Deployment finishDeployment(String operationKey, DeploymentState state, @CheckForNull String url, String message);

    /** The deployment of an operation; empty when there is none. */
    Optional<Deployment> deployment(String operationKey);

    /** What an endpoint serves now; empty when it serves nothing. */
    Optional<Deployment> serving(String endpoint);

    /** An endpoint's deployments, newest first. */
    List<Deployment> deployments(String endpoint, int limit);

    /** For each endpoint that serves or switches: its present deployment, by the endpoint's name. */
    List<Deployment> endpoints();

    /** The deployments of a model's versions that serve now. */
    List<Deployment> endpointsOf(String model);

    // Lineage and ledger

    /** The versions with this digest, of the whole or of one of their files. */
    List<ModelVersion> versionsByDigest(String digest);

    /** The versions made from a dataset snapshot with this digest. */
    List<ModelVersion> versionsByData(String dataDigest);

    /**
     * The ledger's entries, newest first.
     *
     * @param model only those about this model; null for all
     */
    Page<LedgerEntry> ledger(@CheckForNull String model, Page.Request page);

    /**
     * The ledger's entries after one, oldest first.
     *
     * @param seq number of the entry before the first one wanted; 0 for all
     * @param limit most entries, 1 to 1,000
     */
    List<LedgerEntry> ledgerAfter(long seq, int limit);

    /** Reads the whole ledger and names the first entry that doesn't fit. */
    LedgerVerification verifyLedger();

    /** Why the registry takes no changes at present (a full disk, a failed write); empty when it does. */
    Optional<String> readOnlyReason();

    @Override
    void close();
}
