package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.mlops.webhook.MlflowFormat;
import io.jenkins.mlops.webhook.WebhookFormat;
import io.jenkins.mlops.webhook.WebhookRequest;
import io.jenkins.mlops.webhook.WebhookSecret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Events of an MLflow server's model registry, signed by it. */
public final class MlflowHook extends Hook {
    private String event = "";
    private String model = "";

    @DataBoundConstructor
    public MlflowHook(String credentialsId) {
        super(credentialsId);
    }

    public String getEvent() {
        return event;
    }

    /** The wanted event, such as {@code model_version_alias.created}; empty for every one. */
    @DataBoundSetter
    public void setEvent(@CheckForNull String event) {
        this.event = Util.fixNull(event).trim();
    }

    public String getModel() {
        return model;
    }

    /** The wanted registered model; empty for every one. */
    @DataBoundSetter
    public void setModel(@CheckForNull String model) {
        this.model = Util.fixNull(model).trim();
    }

    @Override
    protected WebhookFormat format() {
        return new MlflowFormat(event, model);
    }

    @Override
    protected boolean shows(String secret, WebhookRequest request, long nowMillis) {
        return WebhookSecret.mlflow(secret, request, nowMillis);
    }

    @Override
    public String kind() {
        return "mlflow";
    }

    /** Describes the hook. */
    @Extension
    @Symbol("mlflowEvent")
    public static final class DescriptorImpl extends HookDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.MlflowHook_displayName();
        }
    }
}
