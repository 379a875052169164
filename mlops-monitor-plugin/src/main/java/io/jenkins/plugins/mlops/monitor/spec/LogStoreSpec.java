package io.jenkins.plugins.mlops.monitor.spec;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.plugins.mlops.monitor.trigger.SourceCredentials;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How the object store is reached that has the prediction logs. */
public final class LogStoreSpec implements Describable<LogStoreSpec>, Serializable {
    private static final long serialVersionUID = 1L;

    private String endpoint = "";
    private String region = BucketAccess.DEFAULT_REGION;
    private String credentialsId = "";

    @DataBoundConstructor
    public LogStoreSpec() {}

    public String getEndpoint() {
        return endpoint;
    }

    /** Where the store is, such as {@code https://minio.example.org:9000}; empty for AWS in the region. */
    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixNull(endpoint).trim();
    }

    public String getRegion() {
        return region;
    }

    /** The region that requests are signed for; {@value BucketAccess#DEFAULT_REGION} by default. */
    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        String given = Util.fixEmptyAndTrim(region);
        this.region = given == null ? BucketAccess.DEFAULT_REGION : given;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a user name with password: access key id and secret access key; empty for a public bucket. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** @throws IllegalArgumentException saying what was expected */
    BucketAccess access() {
        return new BucketAccess(endpoint, region, credentialsId);
    }

    /** Describes it. */
    @Extension
    @Symbol("logStore")
    public static final class DescriptorImpl extends Descriptor<LogStoreSpec> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LogStoreSpec_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(
                @CheckForNull @AncestorInPath Item item, @QueryParameter String credentialsId) {
            return SourceCredentials.offered(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
