package hudson.tasks;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.User;

/** Finds people's mail addresses; without one that knows better, the user's id and the configured suffix. */
public abstract class MailAddressResolver implements ExtensionPoint {
    public abstract String findMailAddressFor(User u);

    public static String resolve(User u) {
        for (MailAddressResolver resolver : all()) {
            String address = resolver.findMailAddressFor(u);
            if (address != null) {
                return address;
            }
        }
        if (u.getFullName().contains("@")) {
            return u.getFullName();
        }
        String suffix = Mailer.descriptor().getDefaultSuffix();
        return suffix == null ? null : u.getId() + suffix;
    }

    public static ExtensionList<MailAddressResolver> all() {
        return ExtensionList.lookup(MailAddressResolver.class);
    }
}
