package org.jenkinsci.plugins.workflow.job.properties;

import hudson.Extension;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.DataBoundConstructor;

/** The triggers of a Pipeline's job. */
public class PipelineTriggersJobProperty extends JobProperty<WorkflowJob> {
    private final List<Trigger<?>> triggers = new ArrayList<>();

    @DataBoundConstructor
    @SuppressWarnings("rawtypes")
    public PipelineTriggersJobProperty(List<Trigger> triggers) {
        triggers.forEach(this.triggers::add);
    }

    public List<Trigger<?>> getTriggers() {
        return triggers;
    }

    public Map<TriggerDescriptor, Trigger<?>> getTriggersMap() {
        Map<TriggerDescriptor, Trigger<?>> map = new HashMap<>();
        triggers.forEach(trigger -> map.put(trigger.getDescriptor(), trigger));
        return map;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    public void startTriggers(boolean newInstance) {
        for (Trigger trigger : triggers) {
            trigger.start(owner, newInstance);
        }
    }

    public void stopTriggers() {
        triggers.forEach(Trigger::stop);
    }

    @Extension
    @Symbol("pipelineTriggers")
    public static class DescriptorImpl extends JobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "Build triggers";
        }
    }
}
