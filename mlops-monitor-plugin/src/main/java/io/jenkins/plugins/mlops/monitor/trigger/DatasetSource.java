package io.jenkins.plugins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.plugins.mlops.registry.lineage.DatasetFact;
import io.jenkins.plugins.mlops.registry.lineage.LineageAction;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.springframework.security.core.Authentication;

/** A dataset whose snapshots another job records: looked at as soon as one of its builds ends, and by the clock. */
public final class DatasetSource extends DataSource {
    private static final int MOST_BUILDS = 50;

    private final String name;
    private final String job;

    /**
     * @param name the dataset's name, as the step gave it
     * @param job full name of the job that records it
     */
    @DataBoundConstructor
    public DatasetSource(String name, String job) {
        this.name = Util.fixNull(name).trim();
        this.job = Util.fixNull(job).trim();
        if (this.name.isEmpty() || this.job.isEmpty()) {
            throw new IllegalArgumentException(
                    "dataset: expected the names of a dataset and of a job, found one empty");
        }
    }

    public String getName() {
        return name;
    }

    public String getJob() {
        return job;
    }

    @Override
    public String describe() {
        return "dataset " + name + " of " + job;
    }

    @Override
    protected String identity() {
        return job + "\0" + name;
    }

    @Override
    protected DataState look(Job<?, ?> asking, @CheckForNull DataState before, boolean countRows) throws IOException {
        Job<?, ?> recording = readable(asking);
        if (recording == null) {
            throw new IOException("There is no job '" + job + "' that " + asking.getFullName() + " may read.");
        }
        Run<?, ?> run = recording.getLastBuild();
        for (int seen = 0; run != null && seen < MOST_BUILDS; run = run.getPreviousBuild(), seen++) {
            Result result = run.getResult();
            LineageAction lineage = run.getAction(LineageAction.class);
            if (run.isBuilding() || result == null || result.isWorseThan(Result.UNSTABLE) || lineage == null) {
                continue;
            }
            List<DatasetFact> facts = lineage.getDatasets();
            for (int i = facts.size() - 1; i >= 0; i--) {
                DatasetFact fact = facts.get(i);
                if (fact.getName().equals(name)) {
                    return new DataState(
                            fact.getDigest(), fact.getFiles(), fact.getBytes(), fact.getRows(), "#" + run.getNumber());
                }
            }
        }
        throw new IOException("None of the last " + MOST_BUILDS + " builds of " + job
                + " that ended well has recorded a dataset '" + name + "'.");
    }

    /** As whom the asking job runs decides what it may know of the other. */
    @CheckForNull
    private Job<?, ?> readable(Job<?, ?> asking) {
        Authentication as = asking instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : Jenkins.ANONYMOUS2;
        try (ACLContext ignored = ACL.as2(as)) {
            return Jenkins.get().getItemByFullName(job, Job.class);
        }
    }

    /** Describes the source. */
    @Extension
    @Symbol("dataset")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DatasetSource_displayName();
        }
    }
}
