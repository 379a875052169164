package io.jenkins.plugins.mlops.registry.promotion;

import hudson.model.User;
import io.jenkins.mlops.registry.Promotion;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import io.jenkins.plugins.mlops.registry.Visibility;
import io.jenkins.plugins.mlops.registry.policy.JenkinsPeople;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The person behind what is asked for and decided now. */
public final class PresentPerson {
    private PresentPerson() {}

    /**
     * Whether the present user may take a promotion back: his own; one that he could as well reject; any, for an
     * administrator.
     */
    public static boolean mayWithdraw(Promotion promotion) {
        Jenkins jenkins = Jenkins.get();
        User user = User.current();
        if (user == null || !jenkins.hasPermission(MlopsPermissions.REQUEST_PROMOTION) || !Visibility.of(promotion)) {
            return false;
        }
        String person = user.getId();
        return person.equalsIgnoreCase(promotion.requestedBy())
                || jenkins.hasPermission(Jenkins.ADMINISTER)
                || jenkins.hasPermission(MlopsPermissions.APPROVE)
                        && (promotion.approvals().isEmpty()
                                || promotion.approvals().admits(person, groups()));
    }

    /** Whoever asks or decides is a person: neither the system nor a visitor. */
    static String id() {
        User user = User.current();
        if (user == null) {
            throw new RegistryException.Forbidden(
                    "Asking for a promotion or deciding on it needs an identified user: log in, or use an API token.");
        }
        if (JenkinsPeople.INSTANCE.isGone(user.getId())) {
            throw new RegistryException.Forbidden("The security realm knows no user '" + user.getId()
                    + "' any more; whoever was deleted neither asks for promotions nor decides on them.");
        }
        return user.getId();
    }

    static Set<String> groups() {
        return Jenkins.getAuthentication2().getAuthorities().stream()
                .map(authority -> authority.getAuthority())
                .filter(group -> group != null && !group.isBlank())
                .collect(Collectors.toSet());
    }
}
