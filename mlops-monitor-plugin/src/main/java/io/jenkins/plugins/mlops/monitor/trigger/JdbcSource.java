package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.monitor.trigger.DataState;
import io.jenkins.mlops.monitor.trigger.jdbc.WatermarkQuery;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A table of a PostgreSQL database, by a query that tells how far it has come; asked by the controller. */
public final class JdbcSource extends DataSource {
    private static final int DEFAULT_SECONDS = 30;

    private final String url;
    private final String query;
    private final String credentialsId;
    private int timeoutSeconds = DEFAULT_SECONDS;

    /**
     * @param url {@code jdbc:postgresql://host:port/database}
     * @param query its first row is read: a watermark, and in a second column the number of rows, if they matter
     * @param credentialsId id of a user name with password, of a user that may read only
     */
    @DataBoundConstructor
    public JdbcSource(String url, String query, String credentialsId) {
        WatermarkQuery.of(url, query, DEFAULT_SECONDS);
        this.url = url.trim();
        this.query = query.trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getUrl() {
        return url;
    }

    public String getQuery() {
        return query;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    /** How long the query may take, from 1 to 600 s; {@value #DEFAULT_SECONDS} by default. */
    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        WatermarkQuery.of(url, query, timeoutSeconds);
        this.timeoutSeconds = timeoutSeconds;
    }

    @Override
    public String describe() {
        return "a query at " + url.substring("jdbc:".length());
    }

    @Override
    protected String identity() {
        return url + "\0" + query;
    }

    @Override
    protected DataState look(Job<?, ?> job, @CheckForNull DataState before, boolean countRows)
            throws IOException, InterruptedException {
        WatermarkQuery watermark = WatermarkQuery.of(url, query, timeoutSeconds);
        // The list of hosts knows http; what it says of a host and port holds for a database there, too.
        String place = "http://" + watermark.host() + ":" + watermark.port();
        RegistryConfiguration.get().allowedHosts().check(place);
        StandardUsernamePasswordCredentials found =
                SourceCredentials.find(job, credentialsId, StandardUsernamePasswordCredentials.class, place);
        return watermark.look(found.getUsername(), found.getPassword().getPlainText());
    }

    /** Describes the source. */
    @Extension
    @Symbol("jdbc")
    public static final class DescriptorImpl extends DataSourceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.JdbcSource_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return credentials(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
