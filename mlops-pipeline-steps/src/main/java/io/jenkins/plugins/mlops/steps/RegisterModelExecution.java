package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import io.jenkins.mlops.data.WriteFailure;
import io.jenkins.mlops.evaluation.Figures;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelName;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.VersionFile;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import io.jenkins.plugins.mlops.registry.remote.RemoteRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Runs {@code registerModel}: hashes the files, archives them, registers the version, keeps the build.
 *
 * <p>Archiving comes first, so that no version is ever without its files. Both can be done again after a restart: the
 * archive's folder follows from the content, the registration carries the operation key.
 */
final class RegisterModelExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final RegisterModelStep step;

    RegisterModelExecution(StepContext context, RegisterModelStep step) {
        super(context);
        this.step = step;
    }

    @Override
    void work() throws Exception {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        String model = ModelName.check(step.getName());
        Precedents before = new Precedents(lineage(), required(FlowNode.class));
        Optional<RunFact> tracked = step.getRunId() == null
                ? before.run()
                : Optional.of(named(lineage().getRuns(), RunFact::getId, step.getRunId(), "runId"));
        Optional<EvaluationFact> evaluation = step.getEvaluationId() == null
                ? before.evaluation(tracked.map(RunFact::getId).orElse(""))
                : Optional.of(named(
                        lineage().getEvaluations(), EvaluationFact::getId, step.getEvaluationId(), "evaluationId"));
        FilePath workspace = workspace();
        String signature = signature(workspace);
        ModelFiles.Listing listing = workspace.act(new ModelFiles(step.getPath()));
        String digest = ModelVersion.digestOf(listing.files());
        archive(workspace, listing, ArchivedModel.folder(model, digest));
        FileFingerprints.record(run(), named(model, listing.md5()));
        ModelVersion version = register(registration(model, digest, listing, signature, tracked, evaluation));
        lineage()
                .record(new VersionFact(
                        version.model(),
                        version.number(),
                        version.digest(),
                        tracked.map(RunFact::getId).orElse(""),
                        evaluation.map(EvaluationFact::getId).orElse("")));
        listener()
                .getLogger()
                .println("[mlops] registered " + model + " version " + version.number() + ": "
                        + Figures.count(listing.files().size(), "file") + ", "
                        + SnapshotText.size(listing.files().stream()
                                .mapToLong(VersionFile::bytes)
                                .sum())
                        + ", " + SnapshotText.shortDigest(version.digest()));
        RemoteRegistry.get().soon();
        getContext().onSuccess(new RegisteredVersion(version.model(), version.number(), version.digest()));
    }

    /** The build is kept first: a build that cannot be kept, say on a full disk, gets no version. */
    private ModelVersion register(Registration registration) throws IOException, InterruptedException {
        Run<?, ?> build = run();
        boolean kept;
        try {
            kept = BuildKeep.keep(build);
        } catch (IOException x) {
            throw notWritten("the build's record build.xml", build.getRootDir() + " on the controller", x);
        }
        try {
            return registry().registry().register(registration);
        } catch (RegistryException x) {
            if (kept) {
                BuildKeep.release(build);
            }
            throw x;
        }
    }

    private static AbortException notWritten(String what, String where, IOException failure) {
        AbortException explained =
                new AbortException(WriteFailure.explain(what, where, failure) + " Nothing was registered.");
        explained.initCause(failure);
        return explained;
    }

    private static <F> F named(List<F> facts, Function<F, String> id, String wanted, String option)
            throws AbortException {
        for (F fact : facts) {
            if (id.apply(fact).equals(wanted)) {
                return fact;
            }
        }
        throw new AbortException("Expected " + option + " to name one of this build's: "
                + facts.stream().map(id).toList() + ", found '" + wanted + "'.");
    }

    @CheckForNull
    private String signature(FilePath workspace) throws IOException, InterruptedException {
        if (step.getSignature() == null) {
            return null;
        }
        SmallTextFile file = SmallTextFile.required(workspace, step.getSignature(), "a JSON file", "signature");
        return JsonText.checked(file.path(), file.text());
    }

    private void archive(FilePath workspace, ModelFiles.Listing listing, String folder)
            throws IOException, InterruptedException {
        Map<String, String> artifacts = new TreeMap<>();
        String path = step.getPath().replace('\\', '/').replaceFirst("/+$", "");
        for (VersionFile file : listing.files()) {
            artifacts.put(folder + "/" + file.path(), listing.folder() ? path + "/" + file.path() : path);
        }
        try {
            run().pickArtifactManager()
                    .archive(workspace, required(Launcher.class), BuildListenerAdapter.wrap(listener()), artifacts);
        } catch (IOException x) {
            throw notWritten("the model's files", "the artifacts of " + run().getFullDisplayName(), x);
        }
    }

    private Registration registration(
            String model,
            String digest,
            ModelFiles.Listing listing,
            @CheckForNull String signature,
            Optional<RunFact> tracked,
            Optional<EvaluationFact> evaluation)
            throws IOException, InterruptedException {
        Run<?, ?> build = run();
        CodeRef code = code(tracked);
        Set<String> authors = new TreeSet<>(BuildReferences.starters(build));
        if (code != null && code.author() != null) {
            authors.add(code.author());
        }
        return new Registration(
                operationKey(),
                model,
                digest,
                listing.files(),
                ArchivedModel.source(
                        model,
                        digest,
                        listing.folder() ? "" : listing.files().get(0).path()),
                signature,
                tracked.map(RunFact::getId).orElse(null),
                BuildReferences.of(build),
                code,
                lineage().getDatasets().stream()
                        .filter(dataset -> dataset.getRole().equals("train"))
                        .map(DatasetFact::getDigest)
                        .distinct()
                        .toList(),
                evaluation.map(EvaluationFact::getHeadline).orElse(Map.of()),
                step.getTags(),
                step.getDescription() == null ? "" : step.getDescription(),
                authors,
                BuildReferences.startedBy(build));
    }

    @CheckForNull
    private CodeRef code(Optional<RunFact> tracked) {
        if (tracked.isEmpty()) {
            return null;
        }
        Environment environment =
                registry().tracking().run(tracked.get().getId()).environment();
        return environment == null ? null : environment.code();
    }

    private static Map<String, String> named(String model, Map<String, String> md5) {
        Map<String, String> named = new TreeMap<>();
        md5.forEach((path, digest) -> named.put(model + "/" + path, digest));
        return named;
    }

    @Override
    public String getStatus() {
        return "registering " + step.getName();
    }
}
