package io.jenkins.plugins.mlops.registry.database;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.jdbc.RegistryDatabase;
import io.jenkins.plugins.mlops.registry.credentials.GlobalCredentials;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A PostgreSQL server: for many builds at once, or for backups that the database team already makes. */
public final class PostgresDatabase extends DatabaseLocation {
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^\\s?]+(\\?[^\\s]*)?");

    private final String url;
    private final String credentialsId;

    /**
     * @param url {@code jdbc:postgresql://host:port/database}; user and password do not belong into it
     * @param credentialsId id of a user name with password
     * @throws IllegalArgumentException if the URL is none
     */
    @DataBoundConstructor
    public PostgresDatabase(String url, String credentialsId) {
        String problem = problemWith(url);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        this.url = url.trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    public RegistryDatabase open() {
        StandardUsernamePasswordCredentials credentials = GlobalCredentials.find(
                        StandardUsernamePasswordCredentials.class, credentialsId)
                .orElse(null);
        if (credentials == null) {
            throw new RegistryException.Unavailable("Expected a user name with password of the id '" + credentialsId
                    + "' among the global credentials, found none. Correct it under Manage Jenkins, System, MLOps"
                    + " registry.");
        }
        return RegistryDatabase.openPostgres(
                url, credentials.getUsername(), credentials.getPassword().getPlainText());
    }

    @Override
    public boolean exists() {
        return true;
    }

    private static String problemWith(String url) {
        String given = Util.fixNull(url).trim();
        if (!URL.matcher(given).matches()) {
            return Messages.PostgresDatabase_badUrl(given);
        }
        return given.contains("password=") || given.contains("user=") ? Messages.PostgresDatabase_secretInUrl() : null;
    }

    /** Describes the PostgreSQL database. */
    @Extension
    @Symbol("postgres")
    public static final class DescriptorImpl extends Descriptor<DatabaseLocation> {
        @Override
        public String getDisplayName() {
            return Messages.PostgresDatabase_displayName();
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public FormValidation doCheckUrl(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            String problem = problemWith(value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        @POST
        @Restricted(NoExternalUse.class) // config.jelly
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return GlobalCredentials.choices(credentialsId, List.of(StandardUsernamePasswordCredentials.class));
        }
    }
}
