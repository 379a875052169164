package io.jenkins.plugins.mlops.registry.rebuild;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Registration;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import io.jenkins.plugins.mlops.registry.lineage.VersionFact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Puts versions back that builds have on record and the registry lacks, say because its database was lost.
 *
 * <p>A version comes back under its number, with its files (read again from the archive and compared with the recorded
 * digest), run, data, headline metrics and authors. Tags, descriptions, signatures, aliases, promotions and the old
 * ledger are on no build's record: promote again what is to serve. Doing it once more changes nothing.
 */
@Extension
public final class RegistryRebuild {
    private static final Logger LOGGER = Logger.getLogger(RegistryRebuild.class.getName());

    private volatile RebuildReport last = RebuildReport.of("never", false);

    public static RegistryRebuild get() {
        return ExtensionList.lookupSingleton(RegistryRebuild.class);
    }

    /** How the last rebuild went, or goes. */
    public RebuildReport report() {
        return last;
    }

    /**
     * Starts a rebuild in the background.
     *
     * @param dryRun whether to report only
     * @throws RegistryException.Conflict when one runs already
     */
    public RebuildReport start(boolean dryRun) {
        begin(dryRun);
        Computer.threadPoolForRemoting.submit(() -> work(dryRun));
        return last;
    }

    /** As {@link #start}, on the calling thread; the answer is the outcome. */
    public RebuildReport run(boolean dryRun) {
        begin(dryRun);
        work(dryRun);
        return last;
    }

    private synchronized void begin(boolean dryRun) {
        if (last.state().equals("running")) {
            throw new RegistryException.Conflict("A rebuild runs already; wait for it to end");
        }
        last = RebuildReport.of("running", dryRun);
    }

    private void work(boolean dryRun) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Progress progress = new Progress(RegistryConnection.get().registry(), dryRun);
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                for (Run<?, ?> build : job.getBuilds()) {
                    LineageAction lineage = build.getAction(LineageAction.class);
                    if (lineage != null && !lineage.getVersions().isEmpty()) {
                        progress.read(build, lineage);
                    }
                }
            }
            last = progress.report();
        } catch (RuntimeException x) {
            LOGGER.log(Level.WARNING, "The registry could not be rebuilt", x);
            last = RebuildReport.of("failed", dryRun, String.valueOf(x.getMessage()));
        }
    }

    private static final class Progress {
        private final ModelRegistry registry;
        private final boolean dryRun;
        private final List<String> restored = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private int builds;
        private int present;

        Progress(ModelRegistry registry, boolean dryRun) {
            this.registry = registry;
            this.dryRun = dryRun;
        }

        RebuildReport report() {
            return new RebuildReport("done", dryRun, builds, present, restored, problems);
        }

        void read(Run<?, ?> build, LineageAction lineage) {
            builds++;
            for (VersionFact fact : lineage.getVersions()) {
                String name = fact.getModel() + " version " + fact.getNumber();
                try {
                    if (isThere(fact)) {
                        present++;
                    } else {
                        restore(build, lineage, fact);
                        restored.add(name);
                    }
                } catch (IOException | RegistryException | IllegalArgumentException x) {
                    LOGGER.log(Level.FINE, x, () -> name + " of " + build);
                    problems.add(name + " of " + build.getFullDisplayName() + ": " + x.getMessage());
                }
            }
        }

        /** A version with the same number that is another one, or was deleted, is for the registry to refuse. */
        private boolean isThere(VersionFact fact) {
            try {
                return registry.version(fact.getModel(), fact.getNumber())
                        .digest()
                        .equals(fact.getDigest());
            } catch (RegistryException.NotFound x) {
                return false;
            }
        }

        private void restore(Run<?, ?> build, LineageAction lineage, VersionFact fact) throws IOException {
            Registration registration = registration(build, lineage, fact);
            if (!dryRun) {
                ModelVersion version = registry.restore(registration, fact.getNumber(), build.getStartTimeInMillis());
                BuildKeep.keep(build);
                LOGGER.log(Level.INFO, "Put back {0} version {1}", new Object[] {version.model(), version.number()});
            }
        }

        private Registration registration(Run<?, ?> build, LineageAction lineage, VersionFact fact) throws IOException {
            var files = ArchiveListing.of(build, fact.getModel(), fact.getDigest());
            String found = ModelVersion.digestOf(files);
            if (!found.equals(fact.getDigest())) {
                throw new IOException("expected archived files with the digest " + fact.getDigest() + ", found " + found
                        + ": they were changed or removed");
            }
            Set<String> authors = new TreeSet<>(BuildReferences.starters(build));
            CodeRef code = code(fact.getRunId());
            if (code != null && code.author() != null) {
                authors.add(code.author());
            }
            return new Registration(
                    "rebuild/" + build.getExternalizableId() + "/" + fact.getModel() + "/" + fact.getNumber(),
                    fact.getModel(),
                    fact.getDigest(),
                    files,
                    ArchivedModel.source(fact.getModel(), fact.getDigest(), ""),
                    null,
                    fact.getRunId().isEmpty() ? null : fact.getRunId(),
                    BuildReferences.of(build),
                    code,
                    lineage.getDatasets().stream()
                            .filter(dataset -> dataset.getRole().equals("train"))
                            .map(DatasetFact::getDigest)
                            .distinct()
                            .toList(),
                    metrics(lineage, fact.getEvaluationId()),
                    Map.of(),
                    "",
                    authors,
                    BuildReferences.startedBy(build));
        }

        private static Map<String, Double> metrics(LineageAction lineage, String evaluationId) {
            return lineage.getEvaluations().stream()
                    .filter(evaluation -> evaluation.getId().equals(evaluationId))
                    .map(EvaluationFact::getHeadline)
                    .findFirst()
                    .orElse(Map.of());
        }

        @CheckForNull
        private static CodeRef code(String runId) {
            if (runId.isEmpty()) {
                return null;
            }
            try {
                Environment environment =
                        RegistryConnection.get().tracking().run(runId).environment();
                return environment == null ? null : environment.code();
            } catch (RegistryException.NotFound x) { // the run was lost with the database
                return null;
            }
        }
    }
}
