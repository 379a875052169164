package io.jenkins.plugins.mlops.registry.reproduction;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;

/**
 * The job of a version, to be started again as its build was: with the recorded parameters and, where the job's code
 * comes from Git, at the recorded commit.
 *
 * <p>What the build does with them is the Jenkinsfile's matter, so nothing is promised: the version that comes out is
 * compared with the one on record, see {@link ReproducedVersions}.
 */
public final class Reproduction {
    private final ModelVersion version;
    private final Job<?, ?> job;

    @CheckForNull
    private final Run<?, ?> build;

    private Reproduction(ModelVersion version, Job<?, ?> job, @CheckForNull Run<?, ?> build) {
        this.version = version;
        this.job = job;
        this.build = build;
    }

    /** The way to make a version again; null if no build made it, or its job is gone or not the reader's. */
    @CheckForNull
    public static Reproduction of(ModelVersion version) {
        BuildRef reference = version.build();
        Job<?, ?> job = reference == null ? null : Jenkins.get().getItemByFullName(reference.job(), Job.class);
        return job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?>
                ? new Reproduction(version, job, BuildReferences.find(reference))
                : null;
    }

    public Job<?, ?> job() {
        return job;
    }

    /** Whether the job takes new builds. */
    public boolean isPossible() {
        return job instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> task && task.isBuildable();
    }

    /** The recorded commit that the job will check out; null where it can't be told which. */
    @CheckForNull
    public String commit() {
        CodeRef code = version.commit();
        return code != null && GitCommit.isKnown() ? code.commit() : null;
    }

    /** Whether the parameters are on record, that is, whether the build is still there. */
    public boolean hasParameters() {
        return build != null;
    }

    /**
     * Starts the build.
     *
     * @throws RegistryException.Conflict when the job takes no builds now
     */
    public void start() {
        List<Action> actions = new ArrayList<>();
        actions.add(new CauseAction(new ReproductionCause(version.model(), version.number())));
        actions.add(new ReproductionAction(version.model(), version.number()));
        ParametersAction parameters = build == null ? null : build.getAction(ParametersAction.class);
        if (parameters != null) {
            actions.add(new ParametersAction(new ArrayList<>(parameters.getParameters())));
        }
        CodeRef code = version.commit();
        if (code != null) {
            GitCommit.action(code).ifPresent(actions::add);
        }
        if (!isPossible() || ParameterizedJobMixIn.scheduleBuild2(job, 0, actions.toArray(new Action[0])) == null) {
            throw new RegistryException.Conflict(Messages.Reproduction_refused(job.getFullDisplayName()));
        }
    }
}
