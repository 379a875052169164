package io.jenkins.plugins.mlops.monitor.hook;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.mlops.webhook.S3Format;
import io.jenkins.mlops.webhook.WebhookFormat;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Objects that are made or removed in a bucket, as MinIO and other S3-compatible stores post them. */
public final class S3Hook extends Hook {
    private String bucket = "";
    private String prefix = "";
    private String suffix = "";

    @DataBoundConstructor
    public S3Hook(String credentialsId) {
        super(credentialsId);
    }

    public String getBucket() {
        return bucket;
    }

    /** The wanted bucket; empty for every one. */
    @DataBoundSetter
    public void setBucket(@CheckForNull String bucket) {
        this.bucket = Util.fixNull(bucket).trim();
    }

    public String getPrefix() {
        return prefix;
    }

    /** What a key must begin with; empty for any. */
    @DataBoundSetter
    public void setPrefix(@CheckForNull String prefix) {
        this.prefix = Util.fixNull(prefix);
    }

    public String getSuffix() {
        return suffix;
    }

    /** What a key must end with; empty for any. */
    @DataBoundSetter
    public void setSuffix(@CheckForNull String suffix) {
        this.suffix = Util.fixNull(suffix);
    }

    @Override
    protected WebhookFormat format() {
        return new S3Format(bucket, prefix, suffix);
    }

    @Override
    public String kind() {
        return "s3";
    }

    /** Describes the hook. */
    @Extension
    @Symbol("s3Event")
    public static final class DescriptorImpl extends HookDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.S3Hook_displayName();
        }
    }
}
