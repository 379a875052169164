package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An evaluation of the build, as kept in {@code build.xml}: the headline, not the whole report. */
@ExportedBean(defaultVisibility = 3)
public final class EvaluationFact implements Fact {
    private final String id;
    private final String name;
    private final String task;
    private final long rows;
    private final String verdict;
    private final String dataDigest;
    private final String document;
    private final TreeMap<String, Double> headline;

    @CheckForNull
    private final String runId;

    public EvaluationFact(
            String id,
            String name,
            String task,
            long rows,
            String verdict,
            String dataDigest,
            String document,
            Map<String, Double> headline) {
        this(id, name, task, rows, verdict, dataDigest, document, headline, null);
    }

    /**
     * @param runId id of the tracked run whose model was evaluated, null if that is not known
     */
    public EvaluationFact(
            String id,
            String name,
            String task,
            long rows,
            String verdict,
            String dataDigest,
            String document,
            Map<String, Double> headline,
            @CheckForNull String runId) {
        this.id = id;
        this.name = name;
        this.task = task;
        this.rows = rows;
        this.verdict = verdict;
        this.dataDigest = dataDigest;
        this.document = document;
        this.headline = new TreeMap<>(headline);
        this.runId = runId;
    }

    @Override
    public String key() {
        return id;
    }

    /** Its id within the build. */
    @Exported
    public String getId() {
        return id;
    }

    /** What the step called it. */
    @Exported
    public String getName() {
        return name;
    }

    /** The kind of prediction. */
    @Exported
    public String getTask() {
        return task;
    }

    /** How many rows were evaluated. */
    @Exported
    public long getRows() {
        return rows;
    }

    /** What its gates said: {@code PASS}, {@code FAIL} or {@code INCONCLUSIVE}. */
    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** The digest of the predictions file, empty for given metrics. */
    @Exported
    public String getDataDigest() {
        return dataDigest;
    }

    /** The file beside {@code build.xml} with the whole report. */
    @Exported
    public String getDocument() {
        return document;
    }

    /** The id of the tracked run whose model was evaluated, empty if that is not known. */
    @Exported
    public String getRunId() {
        return runId == null ? "" : runId;
    }

    /** The headline metrics by name. */
    public Map<String, Double> getHeadline() {
        return Collections.unmodifiableMap(headline);
    }

    /** The headline metrics as the REST API shows them. */
    @Exported(name = "headline", inline = true)
    public List<NamedNumber> getHeadlineMetrics() {
        return NamedNumber.of(headline);
    }
}
