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
import org.kohsuke.stapler.verb.POST;

/**
 * The step {@code requestPromotion}: asks for an alias to be moved to a version, and goes on at once.
 *
 * <p>The version may be of any job: the build that asks need not be the one that registered it.
 */
public final class RequestPromotionStep extends PromotionStep {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public RequestPromotionStep(String model) {
        super(model);
    }

    @Override
    boolean waits() {
        return false;
    }

    /** Describes {@code requestPromotion}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "requestPromotion";
        }

        @Override
        public String getDisplayName() {
            return Messages.RequestPromotionStep_displayName();
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
