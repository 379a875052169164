package io.jenkins.plugins.mlops.registry.retention;

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
import io.jenkins.mlops.registry.retention.RetentionRule;
import io.jenkins.plugins.mlops.registry.BuildKeep;
import io.jenkins.plugins.mlops.registry.BuildReferences;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Deletes, once a day, the versions that never served and that no rule keeps.
 *
 * <p>A build whose last version goes is no longer kept from being discarded, unless a person has kept it. Whatever a sweep can't delete, the next one
 * tries again; of one model at most {@value #MOST} versions go at a time.
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
        long now = System.currentTimeMillis();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            String token = null;
            do {
                Page<RegisteredModel> models = registry.models(null, new Page.Request(MOST, token));
                for (RegisteredModel model : models.items()) {
                    RetentionRule rule = RetentionConfiguration.get().ruleOf(model.name());
                    for (ModelVersion version : rule.expendable(registry, model.name(), now, MOST)) {
                        String name = version.model() + " version " + version.number();
                        try {
                            if (!dryRun) {
                                delete(registry, version, actor, reason(rule));
                            }
                            versions.add(name + " (" + reason(rule) + ")");
                        } catch (RegistryException | IOException x) {
                            LOGGER.log(Level.FINE, x, () -> name);
                            problems.add(name + ": " + x.getMessage());
                        }
                    }
                }
                token = models.nextToken();
            } while (token != null);
        }
        return new RetentionReport(dryRun, versions, problems);
    }

    private static void delete(ModelRegistry registry, ModelVersion version, String actor, String reason)
            throws IOException {
        registry.deleteNeverServed(version.model(), version.number(), actor, reason);
        BuildKeep.releaseUnused(version.build());
    }

    private static String reason(RetentionRule rule) {
        List<String> kept = new ArrayList<>();
        if (rule.keepNewest() > 0) {
            kept.add("the newest " + rule.keepNewest());
        }
        if (rule.keepDays() > 0) {
            kept.add("what is younger than " + rule.keepDays() + " days");
        }
        return "never served; retention keeps " + String.join(" and ", kept);
    }
}
