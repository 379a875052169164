package io.jenkins.plugins.mlops.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code promoteModel}: asks for an alias to be moved to a version, and waits for the decision. */
public final class PromoteModelStep extends PromotionStep {
    private static final long serialVersionUID = 1L;

    private boolean wait = true;

    @DataBoundConstructor
    public PromoteModelStep(String model) {
        super(model);
    }

    public boolean isWait() {
        return wait;
    }

    /** Whether the step waits for the decision. */
    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    @Override
    boolean waits() {
        return wait;
    }

    /** Describes {@code promoteModel}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "promoteModel";
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteModelStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillOnFailItems() {
            return VerdictEffect.items();
        }
    }
}
