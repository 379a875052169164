package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.tracking.DatasetInput;
import io.jenkins.mlops.tracking.Environment;
import io.jenkins.mlops.tracking.MetricPoint;
import io.jenkins.mlops.tracking.TrackedRun;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A tracked run: what the build recorded, and what the tracking store knows. */
@ExportedBean(defaultVisibility = 999)
public final class RunView {
    private static final int MOST_CHARTS = 12;
    private static final int MOST_SERIES_ASKED = 24;
    private static final int PLOT_POINTS = 200;
    private static final int MOST_SHOWN = 200;

    private final RunFact fact;

    @CheckForNull
    private final TrackedRun run;

    private final RegistryAnswers answers;
    private List<SeriesView> series;

    public RunView(RunFact fact, RegistryAnswers answers) {
        this.fact = fact;
        this.answers = answers;
        this.run = answers.run(fact.getId());
    }

    @Exported
    public String getId() {
        return fact.getId();
    }

    @Exported
    public String getName() {
        return fact.getName();
    }

    @Exported
    public String getExperiment() {
        return fact.getExperiment();
    }

    /** {@code RUNNING}, {@code FINISHED}, {@code FAILED} or {@code KILLED}. */
    @Exported
    public String getStatus() {
        return run == null ? fact.getStatus() : run.status().name();
    }

    @Exported
    public long getStartMillis() {
        return fact.getStartMillis();
    }

    /** When it ended, or 0 while it goes on. */
    @Exported
    public long getEndMillis() {
        return fact.getEndMillis();
    }

    @Exported(inline = true)
    public List<NamedText> getParams() {
        return run == null ? List.of() : NamedText.of(run.params());
    }

    /** The last value of each metric. */
    @Exported(inline = true)
    public List<NamedNumber> getMetrics() {
        if (run == null) {
            return List.of();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        run.metrics().forEach((name, point) -> values.put(name, point.value()));
        return NamedNumber.of(values);
    }

    /** The first of the metrics that were logged more than once, as they went. */
    @Exported(inline = true)
    public List<SeriesView> getSeries() {
        if (series == null) {
            List<SeriesView> found = new ArrayList<>();
            List<NamedNumber> metrics = getMetrics();
            for (NamedNumber metric : metrics.subList(0, Math.min(MOST_SERIES_ASKED, metrics.size()))) {
                List<MetricPoint> points = answers.series(fact.getId(), metric.getName(), PLOT_POINTS);
                if (points.size() > 1 && found.size() < MOST_CHARTS) {
                    found.add(new SeriesView(metric.getName(), points));
                }
            }
            series = found;
        }
        return List.copyOf(series);
    }

    /** The commit that it ran, if it is known. */
    @Exported
    @CheckForNull
    public String getCommit() {
        CodeRef code = code();
        return code == null ? null : code.commit();
    }

    @CheckForNull
    private Environment environment() {
        return run == null ? null : run.environment();
    }

    @CheckForNull
    CodeRef code() {
        Environment environment = environment();
        return environment == null ? null : environment.code();
    }

    /** Whether the run took a dataset with this digest. */
    boolean hasInput(String digest) {
        return run != null && run.inputs().stream().map(DatasetInput::digest).anyMatch(digest::equals);
    }

    /** Whether the tracking store knows the run. */
    public boolean isKnown() {
        return run != null;
    }

    public List<NamedText> getShownParams() {
        return getParams().stream().limit(MOST_SHOWN).toList();
    }

    public List<NamedNumber> getShownMetrics() {
        return getMetrics().stream().limit(MOST_SHOWN).toList();
    }

    /** How many parameters and metrics the page leaves to the REST API. */
    public int getHidden() {
        return Math.max(0, getParams().size() - MOST_SHOWN)
                + Math.max(0, getMetrics().size() - MOST_SHOWN);
    }

    public Badge getBadge() {
        return Badge.of(getStatus());
    }

    /** When it began, and how long it took if it has ended. */
    public String getWhen() {
        String when = NumberText.time(fact.getStartMillis());
        return fact.getEndMillis() == 0
                ? when
                : when + " \u00b7 " + NumberText.duration(fact.getEndMillis() - fact.getStartMillis());
    }

    /** The commit's first digits, and whether there were changes on top of it. */
    public String getCommitText() {
        CodeRef code = code();
        if (code == null) {
            return "";
        }
        String commit = code.commit().substring(0, Math.min(10, code.commit().length()));
        return code.dirty() ? Messages.RunView_dirty(commit) : commit;
    }

    /** What it ran in, in one line; empty if unknown. */
    public String getEnvironment() {
        Environment environment = environment();
        if (environment == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        parts.add(environment.os() + " " + environment.architecture());
        parts.add(Messages.RunView_processors(environment.processors()));
        if (!environment.gpus().isEmpty()) {
            parts.add(String.join(", ", environment.gpus()));
        }
        if (environment.pythonVersion() != null) {
            parts.add("Python " + environment.pythonVersion());
        }
        return String.join(" \u00b7 ", parts);
    }
}
