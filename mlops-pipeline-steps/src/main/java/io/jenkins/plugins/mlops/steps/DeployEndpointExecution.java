package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Node;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.DeploymentRequest;
import io.jenkins.mlops.registry.DeploymentState;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.PromotionState;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.serving.HealthCheck;
import io.jenkins.mlops.serving.RolloutPhase;
import io.jenkins.mlops.serving.RolloutPlan;
import io.jenkins.mlops.serving.RolloutState;
import io.jenkins.mlops.serving.SampleRequest;
import io.jenkins.mlops.serving.ServedRelease;
import io.jenkins.mlops.serving.ServingException;
import io.jenkins.mlops.serving.ServingProtocol;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.PromotionListener;
import io.jenkins.plugins.mlops.registry.ReleaseName;
import io.jenkins.plugins.mlops.registry.lineage.EndpointFact;
import io.jenkins.plugins.mlops.steps.serving.Release;
import io.jenkins.plugins.mlops.steps.serving.ServingTarget;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs {@code deployEndpoint}: writes the intent down, rolls out step by step, writes the outcome down.
 *
 * <p>The rollout's state is kept with the Pipeline at each change of phase, and each deed is idempotent; so a restart
 * takes the rollout up where it was, and nothing is deployed twice.
 */
final class DeployEndpointExecution extends PromotionWait implements RolloutDriver.Keeper {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DeployEndpointExecution.class.getName());
    private static final int SUCCESSES = 2;
    private static final int INTERVAL_MILLIS = 500;
    private static final int WATCH_FAILURES = 3;
    private static final long KEEP_SECONDS = 30;

    private final DeployEndpointStep step;

    /** The rollout's state as text entries: records do not survive in every Pipeline's program. */
    @CheckForNull
    private volatile TreeMap<String, String> rollout;

    /** Why the build was aborted, while what was begun is being taken back. */
    @CheckForNull
    private transient volatile Throwable abortion;

    /** Whether the step stands outside node. */
    private boolean withoutNode;

    DeployEndpointExecution(StepContext context, DeployEndpointStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        withoutNode = getContext().get(Node.class) == null;
        return super.start();
    }

    @Override
    void work() throws Exception {
        try {
            deploy();
        } catch (Throwable x) { // an aborted step that does not end would hold up its build for ever
            Throwable aborted = abortion;
            if (aborted == null) {
                throw x;
            }
            aborted.addSuppressed(x);
            getContext().onFailure(aborted);
        }
    }

    private void deploy() throws Exception {
        Jenkins.get().checkPermission(MlopsPermissions.DEPLOY);
        ServingTarget target = step.getTarget();
        if (target == null) {
            throw new AbortException("deployEndpoint: expected a target such as target: process(command: [...]) or"
                    + " target: http(url: ..., deployHook: ...), found none.");
        }
        refuseWithoutNode(target);
        // After a restart it is the version that was begun with, wherever the alias points by now.
        Optional<Deployment> begun = registry().registry().deployment(operationKey());
        if (begun.isEmpty() && step.isWaitForPromotion() && waitsFor(model(), step.getVersion(), step.getAlias())) {
            return;
        }
        ModelVersion version = begun.isPresent()
                ? registry().registry().version(begun.get().model(), begun.get().version())
                : version();
        Deployment deployment = begun.isPresent() ? begun.get() : begin(target, version);
        if (deployment.state() != DeploymentState.SWITCHING) {
            finish(deployment, version); // done before a restart, only the Pipeline had not heard of it
            return;
        }
        record(deployment);
        RolloutState ended;
        try {
            ended = rollOut(deployment, target, version);
        } catch (Exception x) {
            throw ended(x, deployment);
        }
        Deployment outcome = outcome(ended);
        Throwable aborted = abortion;
        if (aborted != null) {
            record(outcome);
            AliasNotice.print(registry().registry(), outcome, listener().getLogger());
            getContext().onFailure(aborted);
            return;
        }
        finish(outcome, version);
    }

    /** Before a promotion is waited for in vain. */
    private void refuseWithoutNode(ServingTarget target) throws AbortException {
        if (withoutNode && (target.needsNode() || step.getSmoke() != null)) {
            throw new AbortException("deployEndpoint: expected a node around the step, because "
                    + (target.needsNode() ? "the target " + target.kind() : "smoke") + " needs a workspace, found none."
                    + " Put the step inside node { } (or a stage with an agent).");
        }
    }

    /** Refuses what can be refused before anything is begun, then writes the intent down. */
    private Deployment begin(ServingTarget target, ModelVersion version) throws IOException, InterruptedException {
        String endpoint = ModelName.check(step.getName());
        HealthCheck check = check(version);
        Node node = node();
        EndpointMachine.refuseOther(registry().registry().serving(endpoint), target, node);
        endStale(endpoint);
        return registry()
                .registry()
                .beginDeployment(new DeploymentRequest(
                        operationKey(),
                        endpoint,
                        target.kind(),
                        version.model(),
                        version.number(),
                        version.digest(),
                        step.getAlias(),
                        step.isAllowUnpromoted(),
                        EndpointMachine.detail(node, check),
                        BuildReferences.of(run()),
                        BuildReferences.startedBy(run())));
    }

    /** Writes down how a rollout stands that has neither come to its end nor been taken back. */
    private Exception ended(Exception failure, Deployment deployment) throws InterruptedException {
        RolloutState last = kept();
        String said;
        if (last == null) {
            said = abortion == null && !(failure instanceof InterruptedException)
                    ? String.valueOf(failure.getMessage())
                    : "aborted before anything was started";
        } else {
            String why = failure instanceof InterruptedException
                    ? "aborted"
                    : (abortion == null ? "" : "aborted, and not taken back: ") + failure.getMessage();
            said = why + "; it ended in phase " + last.phase()
                    + ", so what serves there is not known. Bring its machine back and deploy again: that finds out"
                    + " what serves and replaces it.";
        }
        boolean explains = last == null && (failure instanceof AbortException || failure instanceof ServingException);
        String message = explains ? failure.getMessage() : said;
        try {
            record(registry().registry().finishDeployment(operationKey(), DeploymentState.FAILED, null, message));
        } catch (IOException | RegistryException x) { // the next deployment finds that this one's build has ended
            failure.addSuppressed(x);
        }
        if (explains || !(failure instanceof IOException)) {
            return failure;
        }
        AbortException explained = new AbortException("The deployment of " + deployment.model() + " version "
                + deployment.version() + " to endpoint '" + deployment.endpoint() + "' failed: " + message);
        explained.initCause(failure);
        return explained;
    }

    /** A deployment whose build ended without a word, say with its controller's machine, blocks the endpoint no longer. */
    private void endStale(String endpoint) {
        for (Deployment other : registry().registry().deployments(endpoint, 10)) {
            if (other.state() == DeploymentState.SWITCHING
                    && !other.operationKey().equals(operationKey())
                    && !BuildReferences.isRunning(other.build())) {
                registry()
                        .registry()
                        .finishDeployment(
                                other.operationKey(),
                                DeploymentState.FAILED,
                                null,
                                "its build ended without telling the outcome");
            }
        }
    }

    @CheckForNull
    private Node node() throws IOException, InterruptedException {
        return withoutNode ? null : required(Node.class);
    }

    private String model() {
        return ModelName.check(step.getModel() == null ? step.getName() : step.getModel());
    }

    private ModelVersion version() {
        String model = model();
        Optional<Promotion> granted = awaited().filter(PromotionEnd::isInForce);
        int wanted = granted.map(Promotion::version).orElse(step.getVersion());
        if (wanted != 0) {
            return registry().registry().version(model, wanted);
        }
        return registry()
                .registry()
                .byAlias(model, step.getAlias())
                .orElseThrow(() -> new IllegalArgumentException("deployEndpoint: expected a version of '" + model
                        + "' under the alias '" + step.getAlias()
                        + "', found none. Promote a version first (promoteModel), or state version: N."));
    }

    private HealthCheck check(ModelVersion version) throws IOException, InterruptedException {
        ServingProtocol protocol = ServingProtocol.of(step.getProtocol());
        String smoke = "";
        if (step.getSmoke() != null) {
            SmallTextFile file = SmallTextFile.required(workspace(), step.getSmoke(), "a JSON file", "smoke");
            smoke = JsonText.checked(file.path(), file.text());
        } else if (version.signatureJson() != null && protocol != ServingProtocol.HTTP) {
            smoke = sample(protocol, version.signatureJson());
        }
        return new HealthCheck(
                protocol,
                step.getModelName() == null ? version.model() : step.getModelName(),
                step.getReadyPath() == null ? "" : step.getReadyPath(),
                step.getSmokePath() == null ? "" : step.getSmokePath(),
                smoke,
                step.getExpect(),
                TimeUnit.SECONDS.toMillis(step.getRequestTimeoutSeconds()));
    }

    private String sample(ServingProtocol protocol, String signature) throws IOException, InterruptedException {
        try {
            return protocol == ServingProtocol.MLFLOW ? SampleRequest.mlflow(signature) : SampleRequest.v2(signature);
        } catch (IllegalArgumentException x) { // a signature in another form is no error, there is just no sample
            listener().getLogger().println("[mlops] no smoke request: " + x.getMessage());
            return "";
        }
    }

    private RolloutState rollOut(Deployment deployment, ServingTarget target, ModelVersion version)
            throws IOException, InterruptedException {
        Optional<Deployment> serving = registry()
                .registry()
                .serving(deployment.endpoint())
                .filter(served -> !served.operationKey().equals(operationKey()));
        HealthCheck check = check(version);
        RolloutPlan plan = new RolloutPlan(
                SUCCESSES,
                INTERVAL_MILLIS,
                TimeUnit.SECONDS.toMillis(step.getStartSeconds()),
                TimeUnit.SECONDS.toMillis(step.getWatchSeconds()),
                WATCH_FAILURES,
                true);
        RolloutDriver.Preparation preparation = () -> target.prepare(new Release(
                deployment.endpoint(),
                ReleaseName.of(version.number(), operationKey()),
                version,
                check,
                serving,
                run(),
                withoutNode ? null : workspace(),
                node(),
                listener()));
        return new RolloutDriver(plan, preparation, this, listener().getLogger()).drive();
    }

    @CheckForNull
    @Override
    public RolloutState kept() {
        TreeMap<String, String> entries = rollout;
        return entries == null ? null : RolloutState.fromEntries(entries);
    }

    @Override
    public void keep(RolloutState state, boolean newPhase) throws InterruptedException {
        rollout = new TreeMap<>(state.toEntries());
        if (newPhase) {
            try {
                Future<?> kept = getContext().saveState(); // by the JDK's name: Guava is the controller's own
                kept.get(KEEP_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException x) {
                // Each deed can be done again from the state before: a restart costs a repetition.
                LOGGER.log(Level.WARNING, x, () -> "cannot keep the rollout " + operationKey());
            }
        }
    }

    @Override
    public boolean isAborted() {
        return abortion != null;
    }

    private void record(Deployment deployment) throws IOException, InterruptedException {
        lineage()
                .record(new EndpointFact(
                        deployment.endpoint(),
                        deployment.model(),
                        deployment.version(),
                        deployment.url() == null ? "" : deployment.url(),
                        deployment.state().name()));
    }

    private Deployment outcome(RolloutState ended) {
        DeploymentState state =
                switch (ended.phase()) {
                    case DONE -> DeploymentState.SERVING;
                    case ROLLED_BACK -> DeploymentState.ROLLED_BACK;
                    default -> DeploymentState.FAILED;
                };
        String url = ended.phase() == RolloutPhase.DONE
                ? ended.serving().map(ServedRelease::url).orElse(null)
                : null;
        Deployment outcome = registry().registry().finishDeployment(operationKey(), state, url, ended.reason());
        if (ended.phase() == RolloutPhase.ROLLED_BACK) {
            keepAddress(outcome.endpoint(), ended.before());
        }
        return outcome;
    }

    /** A version that was brought back by a new process may serve at another address than it did. */
    private void keepAddress(String endpoint, @CheckForNull ServedRelease restored) {
        Optional<Deployment> serving = registry().registry().serving(endpoint);
        if (restored != null
                && serving.isPresent()
                && serving.get().versionDigest().equals(restored.digest())) {
            registry().registry().moveDeployment(serving.get().operationKey(), restored.url());
        }
    }

    private void finish(Deployment deployment, ModelVersion version) throws IOException, InterruptedException {
        record(deployment);
        if (deployment.state() != DeploymentState.SERVING && deployment.state() != DeploymentState.RETIRED) {
            String what = deployment.state() == DeploymentState.ROLLED_BACK
                    ? "was rolled back; the version before serves on"
                    : "failed; nothing serves";
            AliasNotice.print(registry().registry(), deployment, listener().getLogger());
            throw new AbortException("The deployment of " + deployment.model() + " version " + deployment.version()
                    + " to endpoint '" + deployment.endpoint() + "' " + what + ": " + deployment.message());
        }
        verifyPromotion(deployment);
        String url = Util.fixNull(deployment.url()).replaceFirst("/+$", "");
        listener()
                .getLogger()
                .println("[mlops] endpoint '" + deployment.endpoint() + "' serves " + version.model() + " version "
                        + version.number() + " at " + url);
        getContext().onSuccess(new ServedEndpoint(deployment.endpoint(), url, version.model(), version.number()));
    }

    /** The promoted version was seen to be well where it serves. */
    private void verifyPromotion(Deployment deployment) {
        if (deployment.promotionId() == null) {
            return;
        }
        Promotion promotion = registry().registry().promotion(deployment.promotionId());
        if (promotion.state() == PromotionState.APPLIED) {
            PromotionListener.fireChanged(registry()
                    .registry()
                    .verify(
                            promotion.id(),
                            deployment.requestedBy(),
                            "healthy at endpoint '" + deployment.endpoint() + "'"));
        }
    }

    /** An aborted rollout is taken back before the step ends: no process is left behind, no endpoint blocked. */
    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        synchronized (this) {
            Throwable before = abortion;
            if (before != null) { // it is being taken back already
                before.addSuppressed(cause);
                return;
            }
            abortion = cause;
        }
        if (!interruptWaitOrWork()) {
            getContext().onFailure(cause);
        }
    }

    @Override
    public String getStatus() {
        Map<String, String> state = rollout;
        return isAsleep()
                ? "waiting for a promotion"
                : "rolling out to " + step.getName() + (state == null ? "" : ", " + state.get("phase"));
    }
}
