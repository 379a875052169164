package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Looks credentials up as a job may use them: at use, never kept. */
public final class SourceCredentials {
    private SourceCredentials() {}

    /**
     * The credentials of an id.
     *
     * @param url where they will be sent, for credentials that are bound to hosts
     * @throws IOException if the job can use none of that id and type
     */
    public static <C extends StandardCredentials> C find(Item job, String id, Class<C> type, String url)
            throws IOException {
        C found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItem(type, job, ACL.SYSTEM2, requirements(url)),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw new IOException("Expected credentials of the id '" + id + "' that " + job.getFullName()
                    + " can use for this, found none. Add them to Jenkins or to the job's folder.");
        }
        return found;
    }

    /**
     * The secret text of an id, as a job may use it.
     *
     * @param job the job's full name; empty for what an administrator set up, who may use those of Jenkins itself
     * @param url where it will be sent, for credentials that are bound to hosts; empty when it is sent nowhere
     * @throws IOException if there is none
     */
    public static String token(String job, String id, String url) throws IOException {
        return find(job, id, StringCredentials.class, "a secret text", url)
                .getSecret()
                .getPlainText();
    }

    /** The user name and password of an id, as {@link #token} finds a secret text. */
    public static StandardUsernamePasswordCredentials userAndPassword(String job, String id, String url)
            throws IOException {
        return find(job, id, StandardUsernamePasswordCredentials.class, "a user name with password", url);
    }

    private static <C extends StandardCredentials> C find(String job, String id, Class<C> type, String what, String url)
            throws IOException {
        if (!job.isEmpty()) {
            Job<?, ?> item = Jenkins.get().getItemByFullName(job, Job.class);
            if (item == null) {
                throw new IOException("Expected the job '" + job + "', whose credentials '" + id
                        + "' are needed, found none of that name.");
            }
            return find(item, id, type, url);
        }
        C found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(type, Jenkins.get(), ACL.SYSTEM2, requirements(url)),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw new IOException("Expected " + what + " of the id '" + id + "', found none. Add it to Jenkins.");
        }
        return found;
    }

    private static List<DomainRequirement> requirements(String url) {
        return url.isEmpty() ? List.of() : URIRequirementBuilder.fromUri(url).build();
    }

    /** The secret texts that a form may offer. */
    public static ListBoxModel secrets(@CheckForNull Item item, String current) {
        return offered(item, current, StringCredentials.class);
    }

    /** The credentials of a type that a form may offer. */
    public static ListBoxModel offered(
            @CheckForNull Item item, String current, Class<? extends StandardCredentials> type) {
        StandardListBoxModel items = new StandardListBoxModel();
        boolean may =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        if (!may) {
            return items.includeCurrentValue(current);
        }
        return items.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, item, type, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(current);
    }

    /** A value of the header {@code Authorization}; null without an id. */
    @CheckForNull
    static String authorization(Item job, @CheckForNull String id, String url) throws IOException {
        if (id == null) {
            return null;
        }
        StandardCredentials found = find(job, id, StandardCredentials.class, url);
        if (found instanceof StringCredentials token) {
            return "Bearer " + token.getSecret().getPlainText();
        }
        if (found instanceof StandardUsernamePasswordCredentials user) {
            String pair = user.getUsername() + ":" + user.getPassword().getPlainText();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
        throw new IOException(
                "Expected a secret text or a user name with password of the id '" + id + "', found another kind.");
    }
}
