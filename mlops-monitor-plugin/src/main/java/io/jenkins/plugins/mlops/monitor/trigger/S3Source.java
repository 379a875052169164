package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.bucket.BucketAccess;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.WatchedBucket;
import io.jenkins.mlops.s3.AccessKey;
import io.jenkins.mlops.s3.S3Bucket;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A bucket of an S3-compatible store, or the objects in it whose keys begin alike. */
public final class S3Source extends DataSource {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String bucket;
    private String prefix = "";
    private String region = BucketAccess.DEFAULT_REGION;

    @CheckForNull
    private String endpoint;

    @CheckForNull
    private String credentialsId;

    @DataBoundConstructor
    public S3Source(String bucket) {
        this.bucket = Util.fixNull(bucket).trim();
        if (this.bucket.isEmpty()) {
            throw new IllegalArgumentException("s3: expected the name of a bucket, found none");
        }
    }

    public String getBucket() {
        return bucket;
    }

    public String getPrefix() {
        return prefix;
    }

    /** What the keys begin with; empty for the whole bucket. */
    @DataBoundSetter
    public void setPrefix(@CheckForNull String prefix) {
        this.prefix = Util.fixNull(prefix);
    }

    public String getRegion() {
        return region;
    }

    /** The region that requests are signed for; {@value BucketAccess#DEFAULT_REGION} by default. */
    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        String given = Util.fixEmptyAndTrim(region);
        this.region = BucketAccess.checkRegion(given == null ? BucketAccess.DEFAULT_REGION : given);
    }

    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    /** Where the store is, such as {@code https://minio.example.org:9000}; null for AWS in the region. */
    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a user name with password: access key id and secret access key; null for a public bucket. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    private String address() {
        return BucketAccess.address(Util.fixNull(endpoint), region);
    }

    @Override
    public String describe() {
        return "s3://" + bucket + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
    }

    @Override
    protected String identity() {
        return address() + "\0" + bucket + "\0" + prefix;
    }

    @Override
    protected DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException {
        RegistryConfiguration.get().allowedHosts().check(address());
        AccessKey key = null;
        if (credentialsId != null) {
            StandardUsernamePasswordCredentials found =
                    SourceCredentials.find(job, credentialsId, StandardUsernamePasswordCredentials.class, address());
            key = new AccessKey(found.getUsername(), found.getPassword().getPlainText());
        }
        try {
            S3Bucket opened = new S3Bucket(URI.create(address()), region, bucket, key, Clock.systemUTC(), DEADLINE);
            return new WatchedBucket(opened, prefix).look();
        } catch (IllegalArgumentException x) {
            throw new IOException("s3: " + x.getMessage(), x);
        }
    }

    /** Describes the source. */
    @Extension
    @Symbol("s3")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.S3Source_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return credentials(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
