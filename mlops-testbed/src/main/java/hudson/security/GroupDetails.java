package hudson.security;

import java.util.Set;

/** A group, as a security realm knows it. */
public abstract class GroupDetails {
    public abstract String getName();

    public String getDisplayName() {
        return getName();
    }

    /** Its members; null where they can't be listed. */
    public Set<String> getMembers() {
        return null;
    }
}
