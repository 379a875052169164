package jenkins.triggers;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Builds after other jobs. */
public final class ReverseBuildTrigger extends Trigger<Job> {
    private final String upstreamProjects;
    private Result threshold = Result.SUCCESS;

    @DataBoundConstructor
    public ReverseBuildTrigger(String upstreamProjects) {
        this.upstreamProjects = upstreamProjects;
    }

    @DataBoundSetter
    public void setThreshold(Result r) {
        this.threshold = r;
    }

    public String getUpstreamProjects() {
        return upstreamProjects;
    }

    public Result getThreshold() {
        return threshold;
    }

    @Extension
    @Symbol("upstream")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job;
        }

        @Override
        public String getDisplayName() {
            return "Build after other projects are built";
        }
    }
}
