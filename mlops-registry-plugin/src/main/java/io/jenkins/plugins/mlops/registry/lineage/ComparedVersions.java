package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.mlops.comparison.VersionComparison;
import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;

/** Compares two versions with all that their builds and runs still tell. */
public final class ComparedVersions {
    private ComparedVersions() {}

    /**
     * Compares two versions that the reader may see. Where a build is gone, its version's headline metrics stand in for
     * its evaluation; where a run is gone, there are no parameters.
     *
     * @throws IOException if an evaluation's file cannot be read
     */
    public static VersionComparison compare(ModelVersion from, ModelVersion to) throws IOException {
        return VersionComparison.of(facts(from), facts(to));
    }

    private static VersionFacts facts(ModelVersion version) throws IOException {
        return new VersionFacts(version, evaluation(version), run(version));
    }

    @CheckForNull
    private static EvaluationReport evaluation(ModelVersion version) throws IOException {
        try {
            return PromotionEvidence.evaluationOf(version);
        } catch (AbortException x) { // the build is gone: the registry still has the headline
            return null;
        }
    }

    @CheckForNull
    private static TrackedRun run(ModelVersion version) {
        String id = version.runId();
        if (id == null) {
            return null;
        }
        try {
            return RegistryConnection.get().tracking().run(id);
        } catch (RegistryException.NotFound x) { // a run of another tracking server, or deleted there
            return null;
        }
    }
}
