package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.Visibility;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * What the present user of Jenkins may do.
 *
 * <p>Models/View sees everything; without it one sees the experiment {@code Default}, the experiments named like a job that
 * one may read or made by oneself, the runs of builds that one may read and one's own. Logging takes Models/Register,
 * and to the run of a build Run/Update on its job as well.
 */
final class UserAccess implements Access {
    private final String user;
    private final boolean all;

    UserAccess() {
        user = Jenkins.getAuthentication2().getName();
        all = Visibility.all();
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public boolean sees(Experiment experiment) {
        return all
                || experiment.id().equals(TrackingStore.DEFAULT_EXPERIMENT_ID)
                || user.equals(experiment.tags().get(OWNER))
                || job(experiment.name()) != null;
    }

    @Override
    public boolean sees(TrackedRun run) {
        BuildRef build = run.build();
        return all || (build == null ? run.userId().equals(user) : job(build.job()) != null);
    }

    /** The job, if the user may read it. */
    @CheckForNull
    private static Job<?, ?> job(String name) {
        return Jenkins.get().getItemByFullName(name, Job.class);
    }

    @Override
    public void mayCreateExperiments() {
        need(MlopsPermissions.REGISTER);
    }

    @Override
    public void mayChange(Experiment experiment) {
        need(MlopsPermissions.REGISTER);
    }

    @Override
    public void mayChange(TrackedRun run) {
        need(MlopsPermissions.REGISTER);
        BuildRef build = run.build();
        if (build != null) {
            Job<?, ?> job = job(build.job());
            if (job == null || !job.hasPermission(Run.UPDATE)) {
                throw denied(Run.UPDATE);
            }
        }
    }

    @Override
    public RunStart opening(Experiment experiment, RunStart asked) {
        need(MlopsPermissions.REGISTER);
        Map<String, String> tags = new TreeMap<>(asked.tags());
        tags.putIfAbsent("mlflow.user", asked.userId());
        return new RunStart(
                null, asked.experimentId(), asked.name(), user, asked.startMillis(), tags, null, asked.environment());
    }

    @Override
    public boolean sees(LoggedModel model) {
        return all || model.userId().equals(user);
    }

    @Override
    public void mayChange(LoggedModel model) {
        need(MlopsPermissions.REGISTER);
    }

    @Override
    public LoggedModelStart opening(Experiment experiment, LoggedModelStart asked) {
        need(MlopsPermissions.REGISTER);
        return asked;
    }

    @Override
    public void logged(TrackedRun run, RunBatch batch) {
        RunLogListener.fireLogged(run, batch);
    }

    private static void need(Permission permission) {
        if (!Jenkins.get().hasPermission(permission)) {
            throw denied(permission);
        }
    }

    private static MlflowException denied(Permission permission) {
        return MlflowException.denied(
                "Permission denied: " + Jenkins.getAuthentication2().getName() + " is missing the "
                        + permission.group.title + "/" + permission.name + " permission");
    }

    @Override
    public boolean seesAllModels() {
        return all || Jenkins.get().hasPermission(MlopsPermissions.REGISTER);
    }

    @Override
    public boolean sees(ModelVersion version) {
        return Visibility.of(version) || version.createdBy().equals(user);
    }

    @Override
    public void mayRegister() {
        need(MlopsPermissions.REGISTER);
    }

    @Override
    public void mayChangeModels() {
        need(MlopsPermissions.REGISTER);
    }

    @Override
    public Set<String> authors() {
        return Set.of(user);
    }

    @Override
    public void registered(ModelVersion version) {
        Registered.note(version);
    }

    @Override
    public void deleted(ModelVersion version) {
        BuildKeep.releaseUnusedOrLog(version.build());
    }

    @Override
    public Promotion promote(ModelVersion version, String alias) {
        need(MlopsPermissions.REQUEST_PROMOTION);
        return AliasRequests.ask(version, alias, user, null);
    }

    @Override
    public String decidedAt(Promotion promotion) {
        return AliasRequests.decidedAt(promotion);
    }

    @Override
    public void mayDropAlias(String model, String alias) {
        need(AliasRequests.isFree(model) ? MlopsPermissions.REQUEST_PROMOTION : Jenkins.ADMINISTER);
    }
}
