package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Deployment;
import io.jenkins.mlops.registry.EvaluationRecord;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.lineage.NamedText;
import io.jenkins.plugins.mlops.registry.lineage.RegistryAnswers;
import io.jenkins.plugins.mlops.registry.lineage.RunFact;
import io.jenkins.plugins.mlops.registry.lineage.RunView;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a version came from and what it is made of: lineage, data, run, environment, signature, files. */
public final class OriginView {
    private static final int MOST_FILES = 200;

    private final ModelVersion version;
    private final List<EvaluationRecord> evaluations;
    private final List<Promotion> promotions;
    private final List<Deployment> serving;

    OriginView(
            ModelVersion version,
            List<EvaluationRecord> evaluations,
            List<Promotion> promotions,
            List<Deployment> serving) {
        this.version = version;
        this.evaluations = new ArrayList<>(evaluations);
        this.promotions = new ArrayList<>(promotions);
        this.serving = new ArrayList<>(serving);
    }

    public String getBytes() {
        return NumberText.bytes(version.bytes());
    }

    public List<FileRow> getFiles() {
        return version.files().stream()
                .limit(MOST_FILES)
                .map(file -> new FileRow(file.path(), NumberText.bytes(file.bytes()), file.sha256()))
                .toList();
    }

    public int getHiddenFiles() {
        return Math.max(0, version.files().size() - MOST_FILES);
    }

    public SignatureView getSignature() {
        return SignatureView.of(version.signatureJson());
    }

    /** The digests of its data, each with what else came from it. */
    public List<DataRow> getData() {
        Map<String, String> names = new TreeMap<>();
        TrackedRun run = run();
        if (run != null) {
            run.inputs().forEach(input -> names.put(input.digest(), input.name()));
        }
        return version.dataDigests().stream()
                .map(digest -> new DataRow(names.getOrDefault(digest, ""), digest))
                .toList();
    }

    @CheckForNull
    private TrackedRun run() {
        return Evidence.run(version);
    }

    /** The run that made it; null if it is not known. */
    @CheckForNull
    public RunView getRun() {
        TrackedRun run = run();
        return run == null
                ? null
                : new RunView(
                        new RunFact(
                                run.id(),
                                run.name(),
                                run.experiment(),
                                run.status().name(),
                                run.startMillis(),
                                run.endMillis()),
                        RegistryAnswers.ofController());
    }

    public List<NamedText> getPackages() {
        TrackedRun run = run();
        Environment environment = run == null ? null : run.environment();
        return environment == null ? List.of() : NamedText.of(environment.packages());
    }

    /** The lineage drawn; null if there is nothing to join. */
    @CheckForNull
    public LineageGraph getGraph() {
        return GraphView.of(version, run(), evaluations, promotions, serving);
    }
}
