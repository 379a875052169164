package hudson.triggers;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.BuildableItem;
import hudson.model.Item;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Builds at the times of a crontab. */
public class TimerTrigger extends Trigger<BuildableItem> {
    @DataBoundConstructor
    public TimerTrigger(@NonNull String spec) {
        super(spec);
    }

    @Extension
    @Symbol("cron")
    public static class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof BuildableItem;
        }

        @Override
        public String getDisplayName() {
            return "Build periodically";
        }
    }
}
