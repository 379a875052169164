package org.kohsuke.stapler;

/** An object whose place another one takes. */
public interface StaplerProxy {
    Object getTarget();
}
