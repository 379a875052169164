package io.jenkins.plugins.mlops.monitor.trigger;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
                CredentialsProvider.lookupCredentialsInItem(
                        type,
                        job,
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(url).build()),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw new IOException("Expected credentials of the id '" + id + "' that " + job.getFullName()
                    + " can use for this, found none. Add them to Jenkins or to the job's folder.");
        }
        return found;
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
