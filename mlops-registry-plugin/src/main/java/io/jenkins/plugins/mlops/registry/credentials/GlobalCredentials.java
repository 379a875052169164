package io.jenkins.plugins.mlops.registry.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds global credentials of some kinds, and lists them for settings. */
public final class GlobalCredentials {
    private GlobalCredentials() {}

    /** The credentials of an id and a kind; empty where there are none. */
    public static <C extends StandardCredentials> Optional<C> find(Class<C> kind, @CheckForNull String id) {
        return id == null
                ? Optional.empty()
                : Optional.ofNullable(CredentialsMatchers.firstOrNull(
                        CredentialsProvider.lookupCredentialsInItemGroup(kind, Jenkins.get(), ACL.SYSTEM2, List.of()),
                        CredentialsMatchers.withId(id)));
    }

    /**
     * The choices of a setting; whoever doesn't administer Jenkins is shown the current one alone.
     *
     * @param current the id that is set now; null or empty for none
     * @param kinds which kinds of credentials can be chosen
     */
    public static ListBoxModel choices(@CheckForNull String current, List<Class<? extends StandardCredentials>> kinds) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return items.includeCurrentValue(Util.fixNull(current));
        }
        return items.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        List.of(),
                        candidate -> kinds.stream().anyMatch(kind -> kind.isInstance(candidate)))
                .includeCurrentValue(Util.fixNull(current));
    }
}
