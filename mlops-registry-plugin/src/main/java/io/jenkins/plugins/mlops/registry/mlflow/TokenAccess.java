package io.jenkins.plugins.mlops.registry.mlflow;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.Experiment;
import io.jenkins.mlops.tracking.LoggedModel;
import io.jenkins.mlops.tracking.LoggedModelStart;
import io.jenkins.mlops.tracking.RunBatch;
import io.jenkins.mlops.tracking.RunStart;
import io.jenkins.mlops.tracking.RunToken;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the code inside one {@code trainModel} may do: log to its run and to those nested in it, read its experiment. */
final class TokenAccess implements Access {
    private final RunToken token;

    TokenAccess(RunToken token) {
        this.token = token;
    }

    @Override
    public String user() {
        return token.user();
    }

    @Override
    public boolean sees(Experiment experiment) {
        return experiment.id().equals(token.run().experimentId());
    }

    @Override
    public boolean sees(TrackedRun run) {
        return run.experimentId().equals(token.run().experimentId());
    }

    @Override
    public void mayCreateExperiments() {
        throw MlflowException.denied("The token of a run makes no experiments; name one with trainModel(experiment:"
                + " '...') in the Jenkinsfile, and leave set_experiment out of the script");
    }

    @Override
    public void mayChange(Experiment experiment) {
        throw MlflowException.denied("The token of a run changes no experiments");
    }

    @Override
    public void mayChange(TrackedRun run) {
        BuildRef build = run.build();
        boolean own = run.id().equals(token.run().id());
        boolean nested = build != null
                && build.equals(token.run().build())
                && token.run().id().equals(run.tags().get(ROOT));
        if (!own && !nested) {
            throw MlflowException.denied("The token belongs to the run "
                    + token.run().id() + " and changes that one and those nested in it, not the run " + run.id());
        }
    }

    @Override
    public RunStart opening(Experiment experiment, RunStart asked) {
        Map<String, String> tags = new TreeMap<>(asked.tags());
        tags.put(ROOT, token.run().id());
        tags.putIfAbsent(PARENT, token.run().id());
        return new RunStart(
                null,
                experiment.id(),
                asked.name(),
                token.user(),
                asked.startMillis(),
                tags,
                token.run().build(),
                asked.environment());
    }

    @Override
    public boolean sees(LoggedModel model) {
        return model.experimentId().equals(token.run().experimentId());
    }

    @Override
    public void mayChange(LoggedModel model) {
        throw MlflowException.denied("The token belongs to the run "
                + token.run().id() + " and changes the models that it logs, not the model " + model.id());
    }

    /** What a build logs is the work of one of its runs, also where the script doesn't say so. */
    @Override
    public LoggedModelStart opening(Experiment experiment, LoggedModelStart asked) {
        String run = asked.sourceRunId() == null ? token.run().id() : asked.sourceRunId();
        return new LoggedModelStart(
                asked.experimentId(), asked.name(), asked.modelType(), run, token.user(), asked.params(), asked.tags());
    }

    @Override
    public void logged(TrackedRun run, RunBatch batch) {
        RunLogListener.fireLogged(run, batch);
    }

    /** Names of models are taken or free; who may register has to know. */
    @Override
    public boolean seesAllModels() {
        return token.mayRegister();
    }

    /** Versions of its own job: a training may begin with the last one. */
    @Override
    public boolean sees(ModelVersion version) {
        BuildRef build = version.build();
        BuildRef own = token.run().build();
        return build != null && own != null && build.job().equals(own.job());
    }

    @Override
    public void mayRegister() {
        if (!token.mayRegister()) {
            throw MlflowException.denied("The build runs as a user without the Models/Register permission");
        }
    }

    @Override
    public void mayChangeModels() {
        mayRegister();
    }

    @Override
    public Set<String> authors() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> build = BuildReferences.find(token.run().build());
            return build == null ? Set.of(token.user()) : BuildReferences.starters(build);
        }
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
        if (!token.mayRequestPromotion()) {
            throw MlflowException.denied("The build runs as a user without the Models/RequestPromotion permission");
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return AliasRequests.ask(version, alias, token.user(), token.run().build());
        }
    }

    @Override
    public String decidedAt(Promotion promotion) {
        return AliasRequests.decidedAt(promotion);
    }

    @Override
    public void mayDropAlias(String model, String alias) {
        throw MlflowException.denied("The token of a run takes no aliases away");
    }
}
