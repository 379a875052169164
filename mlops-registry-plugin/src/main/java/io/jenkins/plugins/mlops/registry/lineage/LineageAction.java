package io.jenkins.plugins.mlops.registry.lineage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.AccessDeniedException3;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.DatasetSnapshot;
import io.jenkins.mlops.data.WriteFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The lineage of one build: which data, runs, evaluations, versions, promotions and endpoints it has to do with.
 *
 * <p>Kept in {@code build.xml}, so only facts of a line each; what is long stands in {@link BuildDocuments}. The lists
 * are replaced, never changed, because Jenkins may be writing {@code build.xml} while a parallel branch adds to them.
 */
@ExportedBean(defaultVisibility = 3)
public final class LineageAction implements RunAction2, StaplerProxy {
    private static final Object CREATION = new Object();

    private volatile ArrayList<DatasetFact> datasets = new ArrayList<>();
    private volatile ArrayList<RunFact> runs = new ArrayList<>();
    private volatile ArrayList<EvaluationFact> evaluations = new ArrayList<>();
    private volatile ArrayList<VersionFact> versions = new ArrayList<>();
    private volatile ArrayList<PromotionFact> promotions = new ArrayList<>();
    private volatile ArrayList<EndpointFact> endpoints = new ArrayList<>();

    private transient Run<?, ?> owner;

    private LineageAction() {}

    /** The build's lineage, begun if it has none yet. */
    public static LineageAction of(Run<?, ?> run) {
        synchronized (CREATION) {
            LineageAction action = run.getAction(LineageAction.class);
            if (action == null) {
                action = new LineageAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** Records a snapshot, its profile in a document of its own. */
    public void record(DatasetSnapshot snapshot, String role) throws IOException {
        String document = "dataset-" + snapshot.digest().replaceAll("[^A-Za-z0-9]", "-");
        documents().write(document, snapshot);
        DataProfile profile = snapshot.profile();
        long rows = profile == null ? -1 : profile.rows();
        DatasetFact fact = new DatasetFact(
                snapshot.name(),
                role,
                snapshot.digest(),
                snapshot.files(),
                snapshot.bytes(),
                snapshot.format().name(),
                rows,
                document);
        synchronized (this) {
            datasets = with(datasets, fact);
        }
        save();
    }

    /** Records how a run stands. */
    public void record(RunFact run) throws IOException {
        synchronized (this) {
            runs = with(runs, run);
        }
        save();
    }

    /** Records an evaluation, the whole of it in a document of its own. */
    public void record(EvaluationFact evaluation, EvaluationDocument document) throws IOException {
        documents().write(evaluation.getDocument(), document);
        synchronized (this) {
            evaluations = with(evaluations, evaluation);
        }
        save();
    }

    /** Records a registered version. */
    public void record(VersionFact version) throws IOException {
        synchronized (this) {
            versions = with(versions, version);
        }
        save();
    }

    /** Records how a promotion stands. */
    public void record(PromotionFact promotion) throws IOException {
        synchronized (this) {
            promotions = with(promotions, promotion);
        }
        save();
    }

    /** Records a deployment. */
    public void record(EndpointFact endpoint) throws IOException {
        synchronized (this) {
            endpoints = with(endpoints, endpoint);
        }
        save();
    }

    private void save() throws IOException {
        try {
            owner.save();
        } catch (IOException x) {
            AbortException explained = new AbortException(
                    WriteFailure.explain("the build's record build.xml", owner.getRootDir() + " on the controller", x));
            explained.initCause(x);
            throw explained;
        }
    }

    private static <F extends Fact> ArrayList<F> with(List<F> facts, F fact) {
        ArrayList<F> more = new ArrayList<>(facts);
        more.replaceAll(known -> known.key().equals(fact.key()) ? fact : known);
        if (!more.contains(fact)) {
            more.add(fact);
        }
        return more;
    }

    @Exported(inline = true)
    public List<DatasetFact> getDatasets() {
        return Collections.unmodifiableList(datasets);
    }

    @Exported(inline = true)
    public List<RunFact> getRuns() {
        return Collections.unmodifiableList(runs);
    }

    @Exported(inline = true)
    public List<EvaluationFact> getEvaluations() {
        return Collections.unmodifiableList(evaluations);
    }

    @Exported(inline = true)
    public List<VersionFact> getVersions() {
        return Collections.unmodifiableList(versions);
    }

    @Exported(inline = true)
    public List<PromotionFact> getPromotions() {
        return Collections.unmodifiableList(promotions);
    }

    @Exported(inline = true)
    public List<EndpointFact> getEndpoints() {
        return Collections.unmodifiableList(endpoints);
    }

    /** The evaluation that was recorded last, with its document. */
    public Optional<EvaluationDocument> lastEvaluation() throws IOException {
        List<EvaluationFact> all = getEvaluations();
        return all.isEmpty() ? Optional.empty() : Optional.ofNullable(document(all.get(all.size() - 1)));
    }

    /** The whole evaluation behind a fact, null if its file is gone. */
    @CheckForNull
    public EvaluationDocument document(EvaluationFact fact) throws IOException {
        return documents().read(fact.getDocument(), EvaluationDocument.class);
    }

    /** The whole snapshot behind a fact, null if its file is gone. */
    @CheckForNull
    public DatasetSnapshot snapshot(DatasetFact fact) throws IOException {
        return documents().read(fact.getDocument(), DatasetSnapshot.class);
    }

    private BuildDocuments documents() {
        return new BuildDocuments(owner);
    }

    public Run<?, ?> getOwner() {
        return owner;
    }

    /** The few lines on the build's own page. */
    public LineageSummary getSummary() {
        return new LineageSummary(this, RegistryAnswers.ofController());
    }

    /** The page and everything below it, for whoever may read the job. */
    @Override
    public LineagePage getTarget() throws AccessDeniedException3 {
        owner.getParent().checkPermission(Item.READ);
        return new LineagePage(this);
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        owner = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        owner = run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return Messages.LineageAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops";
    }
}
