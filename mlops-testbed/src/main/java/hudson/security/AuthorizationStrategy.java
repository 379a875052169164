package hudson.security;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractItem;
import hudson.model.Describable;
import hudson.model.Job;
import hudson.model.User;
import java.util.Collection;
import java.util.List;

/** Says who may do what. */
public abstract class AuthorizationStrategy implements Describable<AuthorizationStrategy>, ExtensionPoint {
    /** Everybody may do everything. */
    public static final AuthorizationStrategy UNSECURED = new Unsecured();

    @NonNull
    public abstract ACL getRootACL();

    public @NonNull ACL getACL(@NonNull Job<?, ?> project) {
        return getACL((AbstractItem) project);
    }

    public @NonNull ACL getACL(@NonNull AbstractItem item) {
        return getRootACL();
    }

    public @NonNull ACL getACL(@NonNull User user) {
        return getRootACL();
    }

    @NonNull
    public abstract Collection<String> getGroups();

    /** Everybody may do everything. */
    public static final class Unsecured extends AuthorizationStrategy {
        @NonNull
        @Override
        public ACL getRootACL() {
            return ACL.lambda2((a, p) -> true);
        }

        @NonNull
        @Override
        public Collection<String> getGroups() {
            return List.of();
        }
    }
}
