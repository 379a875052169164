package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.mlops.webhook.CloudEventFormat;
import io.jenkins.mlops.webhook.WebhookFormat;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** CloudEvents 1.0, structured or binary. */
public final class CloudEventHook extends Hook {
    private String type = "";
    private String source = "";

    @DataBoundConstructor
    public CloudEventHook(String credentialsId) {
        super(credentialsId);
    }

    public String getType() {
        return type;
    }

    /** The wanted type; with {@code *} at its end, every type that begins so; empty for every one. */
    @DataBoundSetter
    public void setType(@CheckForNull String type) {
        this.type = Util.fixNull(type).trim();
    }

    public String getSource() {
        return source;
    }

    /** The wanted source; empty for every one. */
    @DataBoundSetter
    public void setSource(@CheckForNull String source) {
        this.source = Util.fixNull(source).trim();
    }

    @Override
    protected WebhookFormat format() {
        return new CloudEventFormat(type, source);
    }

    @Override
    public String kind() {
        return "cloudevents";
    }

    /** Describes the hook. */
    @Extension
    @Symbol("cloudEvent")
    public static final class DescriptorImpl extends HookDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CloudEventHook_displayName();
        }
    }
}
