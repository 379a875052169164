package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.comparison.VersionFacts;
import io.jenkins.mlops.evaluation.Curve;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationDocument;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationFact;
import io.jenkins.plugins.mlops.registry.lineage.EvaluationView;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the evaluations that the registry keeps, which are there when their builds are gone. */
final class Evidence {
    private static final Logger LOGGER = Logger.getLogger(Evidence.class.getName());

    private Evidence() {}

    /** What an evaluation's record holds; null if it was written by something else. */
    @CheckForNull
    static EvaluationDocument document(EvaluationRecord known) {
        try {
            EvaluationDocument document = Json.read(known.json(), EvaluationDocument.class);
            return document.report() == null ? null : document;
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, e, () -> "The evaluation " + known.operationKey() + " can't be read");
            return null;
        }
    }

    /** The newest evaluation of a version that can be read; null if there is none. */
    @CheckForNull
    static EvaluationReport report(ModelVersion version) {
        for (EvaluationRecord known : MlopsPage.registry().evaluations(version.model(), version.number())) {
            EvaluationDocument document = document(known);
            if (document != null) {
                return document.report();
            }
        }
        return null;
    }

    /** The curves of a version's newest evaluation, by name; none if there is none. */
    static Map<String, Curve> curves(ModelVersion version) {
        EvaluationReport report = report(version);
        Map<String, Curve> curves = new LinkedHashMap<>();
        if (report != null) {
            report.curves().forEach(curve -> curves.putIfAbsent(curve.name(), curve));
        }
        return curves;
    }

    /** A version as it is compared with others. */
    static VersionFacts facts(ModelVersion version) {
        return new VersionFacts(version, report(version), run(version));
    }

    /** The run that made a version; null if it is not known, or not any more. */
    @CheckForNull
    static TrackedRun run(ModelVersion version) {
        String id = version.runId();
        if (id == null) {
            return null;
        }
        try {
            return RegistryConnection.get().tracking().run(id);
        } catch (RegistryException.NotFound e) {
            return null;
        }
    }

    /** An evaluation as a page shows it. */
    static EvaluationView view(EvaluationRecord known) {
        EvaluationDocument document = document(known);
        BuildRef build = known.build();
        String verdict = document == null || document.gates() == null
                ? ""
                : document.gates().verdict().name();
        EvaluationFact fact = new EvaluationFact(
                known.operationKey(),
                build == null ? NumberText.time(known.createdMillis()) : build.displayName(),
                document == null ? "" : document.report().task().name(),
                document == null ? 0 : document.report().rows(),
                verdict,
                known.dataDigest() == null ? "" : known.dataDigest(),
                "",
                known.metrics());
        return new EvaluationView(fact, document, document == null ? Messages.VersionPage_unreadable() : "");
    }
}
