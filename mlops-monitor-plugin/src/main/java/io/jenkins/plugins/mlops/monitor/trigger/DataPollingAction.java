package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.Watch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** A job's page on the data that it watches: what was seen when, and what the last look said. */
public final class DataPollingAction implements Action, StaplerProxy {
    private final Job<?, ?> job;

    DataPollingAction(Job<?, ?> job) {
        this.job = job;
    }

    /** For those who may read the job. */
    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** One source as the page shows it. */
    @Restricted(NoExternalUse.class) // index.jelly
    public record Row(String source, String state, String seen, String looked, String problem) {
        public String getSource() {
            return source;
        }

        public String getState() {
            return state;
        }

        public String getSeen() {
            return seen;
        }

        public String getLooked() {
            return looked;
        }

        public String getProblem() {
            return problem;
        }
    }

    @Restricted(NoExternalUse.class) // index.jelly
    public List<Row> getRows() {
        DataChangedTrigger trigger = ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class);
        return trigger == null
                ? List.of()
                : trigger.getSources().stream().map(this::row).toList();
    }

    private Row row(DataSource source) {
        Watch watch;
        try {
            watch = DataPoll.watchFile(job, source.key()).read().orElseGet(() -> Watch.of(source.describe()));
        } catch (IOException x) {
            return new Row(source.describe(), Messages.DataPollingAction_failing(), "", "", x.getMessage());
        }
        DataState seen = watch.seen();
        String state;
        if (watch.failures() > 0) {
            state = Messages.DataPollingAction_failing();
        } else if (watch.pending() != null) {
            state = Messages.DataPollingAction_changed();
        } else {
            state = seen == null ? Messages.DataPollingAction_unseen() : Messages.DataPollingAction_unchanged();
        }
        return new Row(
                source.describe(),
                state,
                seen == null ? "" : seen.shortDigest() + (seen.rows() < 0 ? "" : ", " + seen.rows() + " rows"),
                watch.lookedMillis() == 0
                        ? ""
                        : Instant.ofEpochMilli(watch.lookedMillis())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString(),
                watch.problem() == null ? "" : watch.problem());
    }

    /** What the last look said. */
    @Restricted(NoExternalUse.class) // index.jelly
    public String getLog() throws IOException {
        try {
            return Files.readString(DataPoll.logFile(job), StandardCharsets.UTF_8);
        } catch (NoSuchFileException x) {
            return "";
        }
    }

    @Restricted(NoExternalUse.class) // index.jelly
    public boolean isLookable() {
        return job.hasPermission(Item.BUILD);
    }

    /** Looks now, whatever the crontab says; not before the pause after a failure has passed. */
    @RequirePOST
    @Restricted(NoExternalUse.class) // index.jelly
    public HttpResponse doLook() {
        job.checkPermission(Item.BUILD);
        DataChangedTrigger trigger = ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class);
        if (trigger != null) {
            PollingPool.get().submitAfresh(trigger);
        }
        return HttpResponses.redirectTo(".");
    }

    @CheckForNull
    @Override
    public String getIconFileName() {
        return job.hasPermission(Item.READ) ? "symbol-analytics" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.DataPollingAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "mlops-data";
    }

    /** Adds the page to jobs that watch data. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            Job<?, ?> job = target;
            return ParameterizedJobMixIn.getTrigger(job, DataChangedTrigger.class) == null
                    ? List.of()
                    : List.of(new DataPollingAction(job));
        }
    }
}
