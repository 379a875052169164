package org.kohsuke.stapler;

import java.util.Collection;

/** An object with others in front of it. */
public interface StaplerOverridable {
    Collection<?> getOverrides();
}
