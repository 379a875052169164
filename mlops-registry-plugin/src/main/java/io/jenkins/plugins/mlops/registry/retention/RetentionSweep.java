package io.jenkins.plugins.mlops.registry.retention;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.ModelVersion;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.registry.RegisteredModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.retention.RetentionOutcome;
import io.jenkins.mlops.registry.retention.RetentionPreview;
import io.jenkins.mlops.registry.retention.RetentionStore;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Deletes, once a day, the versions that never served and that no rule keeps.
 *
 * <p>A build whose last version goes is no longer kept from being discarded, unless a person has kept it. Whatever a sweep can't delete, the next one
 * tries again; of one model at most {@value RetentionStore#AT_ONCE} versions go at a time.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RetentionSweep extends AsyncPeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(RetentionSweep.class.getName());
    private static final int MOST = 1_000;

    public RetentionSweep() {
        super("MLOps retention");
    }

    public static RetentionSweep get() {
        return ExtensionList.lookupSingleton(RetentionSweep.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.DAYS.toMillis(1);
    }

    @Override
    protected void execute(TaskListener listener) {
        if (!RetentionConfiguration.get().getRules().isEmpty()
                && RegistryConnection.get().hasRecords()) {
            RetentionReport report = sweep(false, BuildReferences.SYSTEM);
            report.versions().forEach(version -> listener.getLogger().println("deleted " + version));
            report.problems().forEach(problem -> listener.getLogger().println("NOT deleted: " + problem));
        }
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    /** What a sweep would delete now. */
    public RetentionReport preview() {
        return sweep(true, BuildReferences.SYSTEM);
    }

    /**
     * What a sweep would let go of a model now.
     *
     * @param jobs full names of the jobs whose versions the reader may see; null for all
     */
    public static RetentionPreview preview(String model, @CheckForNull Set<String> jobs) {
        return preview(model, jobs, System.currentTimeMillis());
    }

    private static RetentionPreview preview(String model, @CheckForNull Set<String> jobs, long now) {
        return RetentionPreview.of(
                RegistryConnection.get().retention(),
                model,
                jobs,
                RetentionConfiguration.get().ruleOf(model),
                now);
    }

    /**
     * Deletes what the rules let go.
     *
     * @param actor id of the user who asked for it, for the ledger
     */
    public RetentionReport apply(String actor) {
        return sweep(false, actor);
    }

    private synchronized RetentionReport sweep(boolean dryRun, String actor) {
        ModelRegistry registry = RegistryConnection.get().registry();
        List<String> versions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<RetentionPreview> previews = new ArrayList<>();
        long now = System.currentTimeMillis();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String token = null;
            do {
                Page<RegisteredModel> models = registry.models(null, new Page.Request(MOST, token));
                for (RegisteredModel model : models.items()) {
                    RetentionPreview preview = preview(model.name(), null, now);
                    if (preview.total().versions() > 0) {
                        previews.add(preview);
                        go(preview, dryRun, actor, versions, problems);
                    }
                }
                token = models.nextToken();
            } while (token != null);
        }
        return new RetentionReport(dryRun, versions, problems, previews);
    }

    private static void go(
            RetentionPreview preview, boolean dryRun, String actor, List<String> versions, List<String> problems) {
        String reason = preview.rule().reason();
        for (RetentionOutcome outcome :
                preview.going(RegistryConnection.get().retention(), 0, RetentionStore.AT_ONCE)) {
            ModelVersion version = outcome.version();
            String name = version.model() + " version " + version.number();
            try {
                if (!dryRun) {
                    RegistryConnection.get().retention().delete(preview.query(), version.number(), actor, reason);
                    BuildKeep.releaseUnused(version.build());
                }
                versions.add(name + " (" + reason + ")");
            } catch (RegistryException | IOException x) {
                LOGGER.log(Level.FINE, x, () -> name);
                problems.add(name + ": " + x.getMessage());
            }
        }
    }
}
