package io.jenkins.plugins.mlops.steps.serving;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.registry.BuildRef;
import io.jenkins.mlops.serving.Deployment;
import io.jenkins.mlops.serving.HttpEffects;
import io.jenkins.mlops.serving.HttpProbe;
import io.jenkins.mlops.serving.HttpTarget;
import io.jenkins.mlops.serving.RolloutEffects;
import io.jenkins.plugins.mlops.registry.AllowedHosts;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.ReleaseName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Serves a model by an existing service that takes new versions through a hook; the controller calls it. */
public final class HttpServingTarget extends ServingTarget {
    private static final long serialVersionUID = 1L;
    private static final long RETRY_MILLIS = 2_000;

    private final String url;
    private final String deployHook;
    private String statusUrl = "";

    @CheckForNull
    private String credentialsId;

    private String secretHeader = "Authorization";
    private int hookTimeoutSeconds = 60;

    /**
     * @param url the service's address, the same for every version
     * @param deployHook the address that takes new versions by POST
     */
    @DataBoundConstructor
    public HttpServingTarget(String url, String deployHook) {
        this.url = Util.fixNull(url).trim();
        this.deployHook = Util.fixNull(deployHook).trim();
    }

    public String getUrl() {
        return url;
    }

    public String getDeployHook() {
        return deployHook;
    }

    public String getStatusUrl() {
        return statusUrl;
    }

    /** An address that says which version is deployed, so that a call whose answer was lost need not be repeated. */
    @DataBoundSetter
    public void setStatusUrl(@CheckForNull String statusUrl) {
        this.statusUrl = Util.fixNull(statusUrl).trim();
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a secret text that is sent to the hook in {@link #getSecretHeader()}. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getSecretHeader() {
        return secretHeader;
    }

    /** The header that carries the secret; {@code Authorization} where none is given. */
    @DataBoundSetter
    public void setSecretHeader(@CheckForNull String secretHeader) {
        String given = Util.fixEmptyAndTrim(secretHeader);
        this.secretHeader = given == null ? "Authorization" : given;
    }

    public int getHookTimeoutSeconds() {
        return hookTimeoutSeconds;
    }

    /** How long one call of the hook may take. */
    @DataBoundSetter
    public void setHookTimeoutSeconds(int hookTimeoutSeconds) {
        this.hookTimeoutSeconds = hookTimeoutSeconds;
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public boolean needsNode() {
        return false;
    }

    @Override
    public RolloutEffects prepare(Release release) throws IOException {
        String secret = secret(release.build());
        HttpTarget target = new HttpTarget(
                url,
                deployHook,
                statusUrl,
                secret == null ? "" : secretHeader,
                TimeUnit.SECONDS.toMillis(hookTimeoutSeconds));
        AllowedHosts allowed = RegistryConfiguration.get().allowedHosts();
        for (String address : statusUrl.isEmpty() ? List.of(url, deployHook) : List.of(url, deployHook, statusUrl)) {
            allowed.check(address);
        }
        Deployment candidate = new Deployment(
                release.endpoint(),
                release.id(),
                release.version().model(),
                String.valueOf(release.version().number()),
                release.version().digest(),
                artifacts(release));
        Optional<Deployment> before = release.serving()
                .map(served -> new Deployment(
                        release.endpoint(),
                        ReleaseName.of(served.version(), served.operationKey()),
                        served.model(),
                        String.valueOf(served.version()),
                        served.versionDigest(),
                        ""));
        return new HttpEffects(
                target, candidate, before, release.check(), new HttpProbe(allowed), () -> secret, RETRY_MILLIS);
    }

    private static String artifacts(Release release) {
        BuildRef build = release.version().build();
        return build == null || build.url() == null ? "" : build.url() + "artifact/";
    }

    /** Looked up for the build, at use: folder credentials work and their use is tracked. */
    @CheckForNull
    private String secret(Run<?, ?> build) throws AbortException {
        if (credentialsId == null) {
            return null;
        }
        StringCredentials credentials =
                CredentialsProvider.findCredentialById(credentialsId, StringCredentials.class, build, List.of());
        if (credentials == null) {
            throw new AbortException("Expected a secret text of the id '" + credentialsId
                    + "' for the deploy hook, found none that this job may use.");
        }
        return credentials.getSecret().getPlainText();
    }

    /** Describes the target {@code http}. */
    @Extension
    @Symbol("http")
    public static final class DescriptorImpl extends Descriptor<ServingTarget> {
        @Override
        public String getDisplayName() {
            return Messages.HttpServingTarget_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            StandardListBoxModel items = new StandardListBoxModel();
            boolean allowed = item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
            if (!allowed) {
                return items.includeCurrentValue(credentialsId);
            }
            items.includeEmptyValue();
            if (item == null) {
                items.includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of(), CredentialsMatchers.always());
            } else {
                items.includeMatchingAs(
                        ACL.SYSTEM2, item, StringCredentials.class, List.of(), CredentialsMatchers.always());
            }
            return items.includeCurrentValue(Util.fixNull(credentialsId));
        }
    }
}
