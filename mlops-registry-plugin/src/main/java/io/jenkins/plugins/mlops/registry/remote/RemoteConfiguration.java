package io.jenkins.plugins.mlops.registry.remote;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.registry.mlflow.MlflowClient;
import io.jenkins.mlops.registry.mlflow.RemoteCredentials;
import io.jenkins.mlops.registry.mlflow.ServerAddress;
import io.jenkins.plugins.mlops.registry.RegistryConfiguration;
import io.jenkins.plugins.mlops.registry.credentials.GlobalCredentials;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The administrator's settings of the MLflow server that is kept in step with the registry. */
@Extension
@Symbol("mlopsRemote")
public final class RemoteConfiguration extends GlobalConfiguration {
    private static final Logger LOGGER = Logger.getLogger(RemoteConfiguration.class.getName());
    private static final int MOST_MINUTES = 1_440;

    private String url = "";

    @CheckForNull
    private String credentialsId;

    private String experiment = "jenkins";
    private int pollMinutes = 5;
    private boolean everything;

    @CheckForNull
    private String webhookCredentialsId;

    /** Tells this controller from others on the same database; of no use to anybody else. */
    @CheckForNull
    private String controller;

    public RemoteConfiguration() {
        load();
    }

    public static RemoteConfiguration get() {
        return ExtensionList.lookupSingleton(RemoteConfiguration.class);
    }

    public String getUrl() {
        return Util.fixNull(url);
    }

    /**
     * The server's URL; empty for none.
     *
     * @throws IllegalArgumentException if it is no http or https URL, or has a password in it
     */
    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        String given = Util.fixNull(url).trim();
        this.url = given.isEmpty() ? "" : new ServerAddress(given).base();
        save();
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The id of a user name with password, or of a secret text that is sent as bearer token; null for none. */
    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        save();
    }

    public String getExperiment() {
        return experiment;
    }

    /** The experiment at the server whose runs hold the versions' files. */
    @DataBoundSetter
    public void setExperiment(@CheckForNull String experiment) {
        String given = Util.fixEmptyAndTrim(experiment);
        this.experiment = given == null ? "jenkins" : given;
        save();
    }

    public int getPollMinutes() {
        return pollMinutes;
    }

    /** How often all models are looked at, in minutes, 1 to 1,440. */
    @DataBoundSetter
    public void setPollMinutes(int pollMinutes) {
        if (pollMinutes < 1 || pollMinutes > MOST_MINUTES) {
            throw new IllegalArgumentException(
                    "pollMinutes: expected 1 to " + MOST_MINUTES + " minutes, found " + pollMinutes);
        }
        this.pollMinutes = pollMinutes;
        save();
    }

    public boolean isEverything() {
        return everything;
    }

    /** Whether versions from before are brought to the server, too, and not only those that hold an alias. */
    @DataBoundSetter
    public void setEverything(boolean everything) {
        this.everything = everything;
        save();
    }

    @CheckForNull
    public String getWebhookCredentialsId() {
        return webhookCredentialsId;
    }

    /** The id of a secret text that the server signs its webhooks with; null takes none. */
    @DataBoundSetter
    public void setWebhookCredentialsId(@CheckForNull String webhookCredentialsId) {
        this.webhookCredentialsId = Util.fixEmptyAndTrim(webhookCredentialsId);
        save();
    }

    /** Where the server is to send its webhooks. */
    @Restricted(NoExternalUse.class) // config.jelly
    public String getWebhookUrl() {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "<jenkins>/" : root) + "mlops/webhooks/mlflow";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.RemoteConfiguration_displayName();
    }

    synchronized String controller() {
        String known = controller;
        if (known == null) {
            known = UUID.randomUUID().toString();
            controller = known;
            save();
        }
        return known;
    }

    /** What the server is shown. */
    static RemoteCredentials credentials(@CheckForNull String id) {
        if (id == null) {
            return RemoteCredentials.NONE;
        }
        StandardCredentials found =
                GlobalCredentials.find(StandardCredentials.class, id).orElse(null);
        if (found instanceof StandardUsernamePasswordCredentials user) {
            return RemoteCredentials.ofUser(
                    user.getUsername(), user.getPassword().getPlainText());
        }
        if (found instanceof StringCredentials text) {
            return RemoteCredentials.ofToken(text.getSecret().getPlainText());
        }
        throw new RegistryException.Unavailable(
                "Expected a user name with password or a secret text of the id '" + id
                        + "' among the global credentials, found none. Correct it under Manage Jenkins, System, MLflow server.");
    }

    /** The secret that webhooks are signed with; null where none are taken. */
    @CheckForNull
    String webhookSecret() {
        return GlobalCredentials.find(StringCredentials.class, webhookCredentialsId)
                .map(found -> found.getSecret().getPlainText())
                .filter(secret -> !secret.isEmpty())
                .orElse(null);
    }

    static MlflowClient client(String url, @CheckForNull String credentialsId) {
        return new MlflowClient(
                new ServerAddress(url),
                () -> credentials(credentialsId),
                address -> RegistryConfiguration.get().allowedHosts().test(address),
                Clock.systemUTC());
    }

    @POST
    @Restricted(NoExternalUse.class) // config.jelly
    public FormValidation doCheckUrl(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                || Util.fixNull(value).isBlank()) {
            return FormValidation.ok();
        }
        try {
            RegistryConfiguration.get().allowedHosts().check(new ServerAddress(value).base());
            return FormValidation.ok();
        } catch (IllegalArgumentException | IOException x) {
            return FormValidation.error(x.getMessage());
        }
    }

    /** Asks the server what it offers. */
    @POST
    @Restricted(NoExternalUse.class) // config.jelly
    public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            String offers =
                    client(url, Util.fixEmptyAndTrim(credentialsId)).detect().display();
            return FormValidation.ok(Messages.RemoteConfiguration_connected(offers));
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
            return FormValidation.error(Messages.RemoteConfiguration_interrupted());
        } catch (IllegalArgumentException | IOException | RegistryException x) {
            LOGGER.log(Level.FINE, x, () -> "The MLflow server does not answer as expected");
            return FormValidation.error(x.getMessage());
        }
    }

    @POST
    @Restricted(NoExternalUse.class) // config.jelly
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return GlobalCredentials.choices(
                credentialsId, List.of(StandardUsernamePasswordCredentials.class, StringCredentials.class));
    }

    @POST
    @Restricted(NoExternalUse.class) // config.jelly
    public ListBoxModel doFillWebhookCredentialsIdItems(@QueryParameter String webhookCredentialsId) {
        return GlobalCredentials.choices(webhookCredentialsId, List.of(StringCredentials.class));
    }
}
