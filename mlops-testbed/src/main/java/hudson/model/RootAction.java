package hudson.model;

import hudson.Extension;
import hudson.ExtensionPoint;
import jenkins.management.Badge;

/** A page directly under Jenkins' root; implementations carry {@link Extension}. */
public interface RootAction extends Action, ExtensionPoint {
    /** A small label beside the link; null for none. */
    default Badge getBadge() {
        return null;
    }

    /** Whether the link stands in the header itself and not in its menu. */
    default boolean isPrimaryAction() {
        return false;
    }
}
