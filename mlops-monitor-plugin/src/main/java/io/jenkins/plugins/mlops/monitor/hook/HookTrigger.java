package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
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

/** Starts a build when a webhook tells of a wanted event, see {@link HooksRoot}. */
public final class HookTrigger extends Trigger<Job<?, ?>> {
    private static final int MOST_HOOKS = 20;

    private final ArrayList<Hook> hooks;

    /** @param hooks what is waited for; any of them starts a build */
    @DataBoundConstructor
    public HookTrigger(@CheckForNull List<Hook> hooks) {
        if (hooks == null || hooks.isEmpty() || hooks.size() > MOST_HOOKS) {
            throw new IllegalArgumentException("mlopsHook: expected from 1 to " + MOST_HOOKS + " hooks, found "
                    + (hooks == null ? 0 : hooks.size()));
        }
        this.hooks = new ArrayList<>(hooks);
    }

    public List<Hook> getHooks() {
        return Collections.unmodifiableList(hooks);
    }

    /** Describes the trigger. */
    @Extension
    @Symbol("mlopsHook")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.HookTrigger_displayName();
        }
    }
}
