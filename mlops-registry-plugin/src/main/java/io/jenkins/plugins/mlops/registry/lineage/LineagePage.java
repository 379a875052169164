package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.mlops.registry.lineage.chart.LineageGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The page on a build's lineage, and what its REST API answers: the facts of the build with their documents, and where
 * the registry says that they stand today.
 */
@ExportedBean(defaultVisibility = 999)
public final class LineagePage {
    private static final Logger LOGGER = Logger.getLogger(LineagePage.class.getName());

    private final LineageAction action;
    private final RegistryAnswers answers;

    private List<DatasetView> datasets;
    private List<RunView> runs;
    private List<EvaluationView> evaluations;
    private List<VersionView> versions;
    private List<PromotionView> promotions;
    private List<EndpointView> endpoints;

    LineagePage(LineageAction action) {
        this(action, RegistryAnswers.ofController());
    }

    LineagePage(LineageAction action, RegistryAnswers answers) {
        this.action = action;
        this.answers = answers;
    }

    /** The build. */
    public Run<?, ?> getOwner() {
        return action.getOwner();
    }

    public String getTitle() {
        return Messages.LineagePage_title(action.getOwner().getFullDisplayName());
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported(inline = true)
    public List<DatasetView> getDatasets() {
        if (datasets == null) {
            datasets = views(action.getDatasets(), fact -> dataset(fact));
        }
        return Collections.unmodifiableList(datasets);
    }

    private DatasetView dataset(DatasetFact fact) {
        try {
            return new DatasetView(fact, action.snapshot(fact), "");
        } catch (IOException | IllegalArgumentException e) {
            return new DatasetView(fact, null, unreadable(fact.getDocument(), e));
        }
    }

    @Exported(inline = true)
    public List<RunView> getRuns() {
        if (runs == null) {
            runs = views(action.getRuns(), fact -> new RunView(fact, answers));
        }
        return Collections.unmodifiableList(runs);
    }

    @Exported(inline = true)
    public List<EvaluationView> getEvaluations() {
        if (evaluations == null) {
            evaluations = views(action.getEvaluations(), fact -> evaluation(fact));
        }
        return Collections.unmodifiableList(evaluations);
    }

    private EvaluationView evaluation(EvaluationFact fact) {
        try {
            EvaluationDocument document = action.document(fact);
            return new EvaluationView(
                    fact, document, document == null ? Messages.LineagePage_missing(fact.getDocument()) : "");
        } catch (IOException | IllegalArgumentException e) {
            return new EvaluationView(fact, null, unreadable(fact.getDocument(), e));
        }
    }

    @Exported(inline = true)
    public List<VersionView> getVersions() {
        if (versions == null) {
            versions = views(action.getVersions(), fact -> new VersionView(fact, answers));
        }
        return Collections.unmodifiableList(versions);
    }

    @Exported(inline = true)
    public List<PromotionView> getPromotions() {
        if (promotions == null) {
            promotions = views(action.getPromotions(), fact -> new PromotionView(fact, answers));
        }
        return Collections.unmodifiableList(promotions);
    }

    @Exported(inline = true)
    public List<EndpointView> getEndpoints() {
        if (endpoints == null) {
            endpoints = views(action.getEndpoints(), fact -> new EndpointView(fact, answers));
        }
        return Collections.unmodifiableList(endpoints);
    }

    private static <F, V> List<V> views(List<F> facts, Function<F, V> view) {
        List<V> views = new ArrayList<>();
        facts.forEach(fact -> views.add(view.apply(fact)));
        return views;
    }

    private String unreadable(String document, Exception cause) {
        LOGGER.log(Level.WARNING, cause, () -> "Cannot read mlops/" + document + ".json of " + getOwner());
        return Messages.LineagePage_unreadable(document, cause.getMessage());
    }

    /** The lineage drawn; null if there is nothing to join. */
    @CheckForNull
    public LineageGraph getGraph() {
        return LineageDrawing.of(this);
    }

    /** Whether the build has recorded anything yet. */
    public boolean isRecorded() {
        return !action.getDatasets().isEmpty()
                || !action.getRuns().isEmpty()
                || !action.getEvaluations().isEmpty()
                || !action.getVersions().isEmpty()
                || !action.getPromotions().isEmpty()
                || !action.getEndpoints().isEmpty();
    }

    /** Why the registry did not answer; empty if it did. Known when everything else has been asked. */
    @Exported
    public String getRegistryProblem() {
        getRuns().forEach(RunView::getSeries);
        getVersions();
        getPromotions();
        getEndpoints();
        return answers.problem();
    }
}
