package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Starts a build when watched data has changed.
 *
 * <p>The crontab says when to look; the looking is done by a pool of its own, see {@link PollingPool}.
 */
public final class DataChangedTrigger extends Trigger<Job<?, ?>> {
    /** When it looks if nothing else is said. */
    public static final String DEFAULT_SPEC = "H/15 * * * *";

    private static final int MOST_SOURCES = 50;

    private final ArrayList<DataSource> sources;
    private long minimumNewRows;

    /**
     * @param spec when to look, as a crontab; {@code H} spreads the load; every quarter of an hour by default
     * @param sources what to look at; a change of any of them starts a build
     */
    @DataBoundConstructor
    public DataChangedTrigger(@CheckForNull String spec, List<DataSource> sources) {
        super(Util.fixEmptyAndTrim(spec) == null ? DEFAULT_SPEC : spec);
        if (sources == null || sources.isEmpty() || sources.size() > MOST_SOURCES) {
            throw new IllegalArgumentException("dataChanged: expected from 1 to " + MOST_SOURCES + " sources, found "
                    + (sources == null ? 0 : sources.size()));
        }
        this.sources = new ArrayList<>(sources);
    }

    public List<DataSource> getSources() {
        return Collections.unmodifiableList(sources);
    }

    public long getMinimumNewRows() {
        return minimumNewRows;
    }

    /** How many new rows make a change, where rows are counted; 0 for any change. */
    @DataBoundSetter
    public void setMinimumNewRows(long minimumNewRows) {
        if (minimumNewRows < 0) {
            throw new IllegalArgumentException("minimumNewRows: expected 0 or more, found " + minimumNewRows);
        }
        this.minimumNewRows = minimumNewRows;
    }

    @Override
    public void start(Job<?, ?> project, boolean newInstance) {
        super.start(project, newInstance);
        PollingPool pool = PollingPool.get();
        pool.add(this);
        if (newInstance) {
            // The data that the job has now is what changes are changes of.
            pool.submitAfresh(this);
        }
    }

    @Override
    public void stop() {
        PollingPool.get().remove(this);
        super.stop();
    }

    @Override
    public void run() {
        PollingPool.get().submit(this);
    }

    /** The job whose builds it starts; null before it was started. */
    @CheckForNull
    Job<?, ?> job() {
        return job;
    }

    /** Describes the trigger. */
    @Extension
    @Symbol("dataChanged")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DataChangedTrigger_displayName();
        }
    }
}
