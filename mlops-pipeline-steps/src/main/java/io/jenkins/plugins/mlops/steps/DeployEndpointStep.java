package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.mlops.steps.serving.ServingTarget;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code deployEndpoint}: serves a version, checks it, and rolls back by itself. */
public final class DeployEndpointStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;

    @CheckForNull
    private String model;

    private int version = 0;
    private String alias = "champion";
    private boolean allowUnpromoted = false;
    private boolean waitForPromotion = false;

    @CheckForNull
    private ServingTarget target;

    private String protocol = "v2";

    @CheckForNull
    private String modelName;

    @CheckForNull
    private String readyPath;

    @CheckForNull
    private String smoke;

    @CheckForNull
    private String smokePath;

    private ArrayList<String> expect = new ArrayList<>();
    private int startSeconds = 60;
    private int watchSeconds = 5;
    private int requestTimeoutSeconds = 10;

    @DataBoundConstructor
    public DeployEndpointStep(String name) {
        this.name = name;
    }

    /** The endpoint's name. */
    public String getName() {
        return name;
    }

    @CheckForNull
    public String getModel() {
        return model;
    }

    /** The registered model's name; the endpoint's where none is given. */
    @DataBoundSetter
    public void setModel(@CheckForNull String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }

    public int getVersion() {
        return version;
    }

    /** The version's number; 0 for the holder of the alias. */
    @DataBoundSetter
    public void setVersion(int version) {
        this.version = version;
    }

    public String getAlias() {
        return alias;
    }

    /** The alias whose promotion allows the version, and whose holder is served where no version is given. */
    @DataBoundSetter
    public void setAlias(@CheckForNull String alias) {
        String given = Util.fixEmptyAndTrim(alias);
        this.alias = given == null ? "champion" : given;
    }

    public boolean isAllowUnpromoted() {
        return allowUnpromoted;
    }

    /** Whether a version without a valid promotion may be served; the ledger notes it. */
    @DataBoundSetter
    public void setAllowUnpromoted(boolean allowUnpromoted) {
        this.allowUnpromoted = allowUnpromoted;
    }

    public boolean isWaitForPromotion() {
        return waitForPromotion;
    }

    /** Whether an open promotion of the version to the alias is waited for. */
    @DataBoundSetter
    public void setWaitForPromotion(boolean waitForPromotion) {
        this.waitForPromotion = waitForPromotion;
    }

    @CheckForNull
    public ServingTarget getTarget() {
        return target;
    }

    /** What serves the model. */
    @DataBoundSetter
    public void setTarget(@CheckForNull ServingTarget target) {
        this.target = target;
    }

    public String getProtocol() {
        return protocol;
    }

    /** How the endpoint is asked: {@code v2} (Open Inference), {@code mlflow} or {@code http}. */
    @DataBoundSetter
    public void setProtocol(@CheckForNull String protocol) {
        String given = Util.fixEmptyAndTrim(protocol);
        this.protocol = given == null ? "v2" : given;
    }

    @CheckForNull
    public String getModelName() {
        return modelName;
    }

    /** The model's name within the endpoint; the registered model's where none is given. */
    @DataBoundSetter
    public void setModelName(@CheckForNull String modelName) {
        this.modelName = Util.fixEmptyAndTrim(modelName);
    }

    @CheckForNull
    public String getReadyPath() {
        return readyPath;
    }

    /** A path that answers 2xx when the service is ready, instead of the protocol's own. */
    @DataBoundSetter
    public void setReadyPath(@CheckForNull String readyPath) {
        this.readyPath = Util.fixEmptyAndTrim(readyPath);
    }

    @CheckForNull
    public String getSmoke() {
        return smoke;
    }

    /** A JSON file in the workspace with a request whose answer is checked before the switch. */
    @DataBoundSetter
    public void setSmoke(@CheckForNull String smoke) {
        this.smoke = Util.fixEmptyAndTrim(smoke);
    }

    @CheckForNull
    public String getSmokePath() {
        return smokePath;
    }

    /** The path that takes the smoke request, instead of the protocol's own. */
    @DataBoundSetter
    public void setSmokePath(@CheckForNull String smokePath) {
        this.smokePath = Util.fixEmptyAndTrim(smokePath);
    }

    public List<String> getExpect() {
        return Collections.unmodifiableList(expect);
    }

    /** Names that the smoke answer must have: outputs for v2, dotted paths else. */
    @DataBoundSetter
    public void setExpect(@CheckForNull List<String> expect) {
        this.expect = StepText.list(expect);
    }

    public int getStartSeconds() {
        return startSeconds;
    }

    /** How long the new version may take to become ready. */
    @DataBoundSetter
    public void setStartSeconds(int startSeconds) {
        this.startSeconds = startSeconds;
    }

    public int getWatchSeconds() {
        return watchSeconds;
    }

    /** How long the new version is watched after the switch before the old one is given up. */
    @DataBoundSetter
    public void setWatchSeconds(int watchSeconds) {
        this.watchSeconds = watchSeconds;
    }

    public int getRequestTimeoutSeconds() {
        return requestTimeoutSeconds;
    }

    /** How long one request may take. */
    @DataBoundSetter
    public void setRequestTimeoutSeconds(int requestTimeoutSeconds) {
        this.requestTimeoutSeconds = requestTimeoutSeconds;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new DeployEndpointExecution(context, this);
    }

    /** Describes {@code deployEndpoint}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "deployEndpoint";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployEndpointStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillProtocolItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option("v2"), new ListBoxModel.Option("mlflow"), new ListBoxModel.Option("http"));
        }
    }
}
