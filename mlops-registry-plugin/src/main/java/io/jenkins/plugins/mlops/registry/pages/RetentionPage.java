package io.jenkins.plugins.mlops.registry.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Listing;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.mlops.registry.retention.RetentionPreview;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.lineage.chart.NumberText;
import io.jenkins.plugins.mlops.registry.retention.KeepTag;
import io.jenkins.plugins.mlops.registry.retention.RetentionSweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page on which versions of a model go at the next sweep, what keeps the others, and how a person keeps one. */
public final class RetentionPage extends MlopsPage {
    private static final int LIMIT = 25;
    private static final String ALL = "all";

    private final ModelPage model;

    @CheckForNull
    private RetentionPreview preview;

    @CheckForNull
    private Listing<RetentionOutcome> listing;

    RetentionPage(ModelPage model) {
        this.model = model;
    }

    @Override
    void admit() {
        model.admit();
    }

    @Override
    public String getDisplayName() {
        return Messages.RetentionPage_displayName();
    }

    @Override
    public String getTitle() {
        return Messages.RetentionPage_title(model.getName());
    }

    public String getUrl() {
        return model.getUrl() + "retention/";
    }

    public String getModelUrl() {
        return model.getUrl();
    }

    private RetentionPreview preview() {
        if (preview == null) {
            preview = RetentionSweep.preview(model.getName(), reader().jobs(catalog()));
        }
        return preview;
    }

    public RetentionRuleView getRule() {
        return new RetentionRuleView(model.getName());
    }

    /** Whether the reader may change the rules. */
    public boolean isConfigurable() {
        return reader().may(Jenkins.ADMINISTER);
    }

    /** How much goes, in a sentence. */
    public String getGoingText() {
        int versions = preview().total().versions();
        return versions == 0
                ? Messages.RetentionPage_nothing()
                : Messages.RetentionPage_going(
                        versions, NumberText.bytes(preview().total().bytes()));
    }

    public int getGoing() {
        return preview().total().versions();
    }

    /** Whether more follows at later sweeps. */
    public boolean isMore() {
        return preview().total().more();
    }

    /** Whether all versions are listed, and not only those that go. */
    public boolean isAll() {
        return !getShow().isEmpty();
    }

    /** Which list is shown, as the address has it. */
    public String getShow() {
        return ALL.equals(parameter("show")) ? ALL : "";
    }

    private Listing<RetentionOutcome> listing() {
        if (listing == null) {
            listing = preview()
                    .listing(
                            RegistryConnection.get().retention(),
                            catalog(),
                            isAll(),
                            Pager.offset(parameter("page"), LIMIT),
                            LIMIT);
        }
        return listing;
    }

    public List<RetentionRow> getRows() {
        return listing().items().stream()
                .map(outcome -> new RetentionRow(outcome, isTaggable()))
                .toList();
    }

    public Pager getPager() {
        return new Pager(listing(), getUrl(), query(getShow()), "versions");
    }

    public String getGoingUrl() {
        return getUrl() + "#versions";
    }

    public String getAllUrl() {
        return getUrl() + Links.query(query(ALL)) + "#versions";
    }

    /** The page's number, as the forms hand it on. */
    public int getPage() {
        return listing().offset() / LIMIT;
    }

    private static Map<String, Object> query(String show) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("show", show);
        return query;
    }

    /** Whether the reader may keep versions. */
    public boolean isKeepable() {
        return reader().may(MlopsPermissions.REGISTER) && !reader().id().isEmpty();
    }

    /** Whether the rule honours a tag, so that a version can be kept by it. */
    public boolean isTaggable() {
        return preview().rule().keepTag() != null;
    }

    /**
     * Keeps a version by a tag, or leaves it to the rule again.
     *
     * @param keep {@code true} to keep it
     * @param show which list the reader was at
     * @param page which page of it
     */
    @RequirePOST
    @Restricted(NoExternalUse.class) // form on the page
    public HttpResponse doKeep(
            @QueryParameter String version,
            @QueryParameter String keep,
            @QueryParameter String show,
            @QueryParameter String page) {
        Jenkins.get().checkPermission(MlopsPermissions.REGISTER);
        Map<String, Object> back = query(ALL.equals(show) ? ALL : "");
        int at = number(page, 0);
        back.put("page", at == 0 ? "" : at);
        return Decisions.answer(this, getUrl() + Links.query(back) + "#versions", () -> {
            ModelVersion tagged = registry().version(model.getName(), VersionPage.wholeNumber(version));
            if (!reader().sees(tagged)) {
                throw new RegistryException.NotFound("There is no version " + version + " that you may see.");
            }
            KeepTag.set(tagged, "true".equals(keep), Decisions.person());
        });
    }
}
