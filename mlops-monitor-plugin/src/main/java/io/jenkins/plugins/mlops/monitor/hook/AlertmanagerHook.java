package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.mlops.webhook.AlertmanagerFormat;
import io.jenkins.mlops.webhook.WebhookFormat;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Alerts of Prometheus Alertmanager that begin to fire; its {@code http_config} sends the secret as bearer token. */
public final class AlertmanagerHook extends Hook {
    private String labels = "";

    @DataBoundConstructor
    public AlertmanagerHook(String credentialsId) {
        super(credentialsId);
    }

    public String getLabels() {
        return labels;
    }

    /** Labels that an alert must have, such as {@code alertname=ModelDrift, model=churn}; empty for every alert. */
    @DataBoundSetter
    public void setLabels(@CheckForNull String labels) {
        String given = Util.fixNull(labels).trim();
        AlertmanagerFormat.of(given);
        this.labels = given;
    }

    @Override
    protected WebhookFormat format() {
        return AlertmanagerFormat.of(labels);
    }

    @Override
    public String kind() {
        return "alertmanager";
    }

    /** Describes the hook. */
    @Extension
    @Symbol("alertmanager")
    public static final class DescriptorImpl extends HookDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AlertmanagerHook_displayName();
        }
    }
}
