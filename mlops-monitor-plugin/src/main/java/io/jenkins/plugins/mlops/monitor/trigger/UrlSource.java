package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.http.BoundedExchange;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.WatchedUrl;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A web address, asked by the controller where the administrator allows the host. */
public final class UrlSource extends DataSource {
    private static final long MAX_BYTES = 256L << 20;
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final String url;

    @CheckForNull
    private String credentialsId;

    private boolean byContent;

    @DataBoundConstructor
    public UrlSource(String url) {
        this.url = Util.fixNull(url).trim();
        URI address = URI.create(this.url);
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        if (!http || address.getHost() == null || address.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "url: expected an http or https address without user and password, found '" + this.url + "'");
        }
    }

    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a secret text (sent as bearer token) or of a user name with password; null for none. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public boolean isByContent() {
        return byContent;
    }

    /** Whether contents are compared though the server has entity tags; up to 256 MiB. */
    @DataBoundSetter
    public void setByContent(boolean byContent) {
        this.byContent = byContent;
    }

    @Override
    public String describe() {
        return BoundedExchange.place(URI.create(url));
    }

    @Override
    protected String identity() {
        return url + "\0" + byContent;
    }

    @Override
    protected DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException {
        RegistryConfiguration.get().allowedHosts().check(url);
        return new WatchedUrl(
                        URI.create(url), RegistryConfiguration.get().allowedHosts(), byContent, MAX_BYTES, DEADLINE)
                .look(before, SourceCredentials.authorization(job, credentialsId, url));
    }

    /** Describes the source. */
    @Extension
    @Symbol("url")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.UrlSource_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return credentials(item, credentialsId, StandardCredentials.class);
        }
    }
}
