package org.jenkinsci.plugins.workflow.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.BuildAuthorizationToken;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty;
import org.jenkinsci.plugins.workflow.job.properties.PipelineTriggersJobProperty;

/** A job whose builds are runs of a Pipeline. */
public final class WorkflowJob extends Job<WorkflowJob, WorkflowRun>
        implements ParameterizedJobMixIn.ParameterizedJob<WorkflowJob, WorkflowRun>, TopLevelItem, Queue.FlyweightTask {
    private static final Logger LOGGER = Logger.getLogger(WorkflowJob.class.getName());

    private FlowDefinition definition;
    private volatile boolean disabled;
    private transient SortedMap<Integer, WorkflowRun> runs;

    @SuppressWarnings("rawtypes")
    public WorkflowJob(ItemGroup parent, String name) {
        super(parent, name);
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        getTriggersJobProperty().stopTriggers();
        getTriggersJobProperty().startTriggers(false);
    }

    @Override
    public Map<TriggerDescriptor, Trigger<?>> getTriggers() {
        return getTriggersJobProperty().getTriggersMap();
    }

    public PipelineTriggersJobProperty getTriggersJobProperty() {
        PipelineTriggersJobProperty property = getProperty(PipelineTriggersJobProperty.class);
        return property == null ? new PipelineTriggersJobProperty(List.of()) : property;
    }

    public void addTrigger(Trigger trigger) throws IOException {
        PipelineTriggersJobProperty before = removeProperty(PipelineTriggersJobProperty.class);
        List<Trigger> all = new ArrayList<>(before == null ? List.of() : before.getTriggers());
        all.removeIf(other -> other.getDescriptor() == trigger.getDescriptor());
        all.add(trigger);
        addProperty(new PipelineTriggersJobProperty(all));
        if (before != null) {
            before.stopTriggers();
        }
        getTriggersJobProperty().startTriggers(true);
    }

    @CheckForNull
    public FlowDefinition getDefinition() {
        return definition;
    }

    public void setDefinition(FlowDefinition definition) {
        this.definition = definition;
        try {
            save();
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "cannot save " + this, x);
        }
    }

    @Override
    public boolean isBuildable() {
        return definition != null && !disabled;
    }

    @Override
    protected synchronized SortedMap<Integer, WorkflowRun> _getRuns() {
        if (runs == null) {
            runs = new ConcurrentSkipListMap<>(Comparator.<Integer>reverseOrder());
            File[] folders = getBuildDir()
                    .listFiles(folder -> folder.getName().matches("\\d+") && new File(folder, "build.xml").exists());
            for (File folder : folders == null ? new File[0] : folders) {
                try {
                    WorkflowRun run = new WorkflowRun(this, folder);
                    runs.put(run.getNumber(), run);
                } catch (IOException x) {
                    LOGGER.log(Level.WARNING, "cannot load " + folder, x);
                }
            }
        }
        return runs;
    }

    @Override
    protected void removeRun(WorkflowRun run) {
        _getRuns().remove(run.getNumber());
    }

    @Override
    public Queue.Executable createExecutable() throws IOException {
        if (disabled) {
            return null;
        }
        WorkflowRun run = new WorkflowRun(this);
        run.save();
        _getRuns().put(run.getNumber(), run);
        return run;
    }

    @CheckForNull
    @Override
    public QueueTaskFuture<WorkflowRun> scheduleBuild2(int quietPeriod, Action... actions) {
        return ParameterizedJobMixIn.ParameterizedJob.super.scheduleBuild2(quietPeriod, actions);
    }

    @Override
    public boolean isDisabled() {
        return disabled;
    }

    public void setDisabled(boolean disabled) {
        this.disabled = disabled;
    }

    @CheckForNull
    @Override
    public BuildAuthorizationToken getAuthToken() {
        return null;
    }

    @Override
    public CauseOfBlockage getCauseOfBlockage() {
        if (!isConcurrentBuild()) {
            WorkflowRun last = getLastBuild();
            if (last != null && last.isBuilding()) {
                return new Running(last);
            }
        }
        return null;
    }

    @Override
    public boolean isConcurrentBuild() {
        return getProperty(DisableConcurrentBuildsJobProperty.class) == null;
    }

    public void setConcurrentBuild(boolean b) throws IOException {
        if (b != isConcurrentBuild()) {
            if (b) {
                removeProperty(DisableConcurrentBuildsJobProperty.class);
            } else {
                addProperty(new DisableConcurrentBuildsJobProperty());
            }
        }
    }

    @NonNull
    @Override
    public TopLevelItemDescriptor getDescriptor() {
        return (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(WorkflowJob.class);
    }

    private static final class Running extends CauseOfBlockage {
        private final WorkflowRun run;

        Running(WorkflowRun run) {
            this.run = run;
        }

        @Override
        public String getShortDescription() {
            return "Build " + run.getDisplayName() + " is already in progress";
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends TopLevelItemDescriptor {
        @Override
        public String getDisplayName() {
            return "Pipeline";
        }

        @Override
        @SuppressWarnings("rawtypes")
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new WorkflowJob(parent, name);
        }
    }
}
