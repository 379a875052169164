package org.kohsuke.stapler;

/** An object with another one behind it. */
public interface StaplerFallback {
    Object getStaplerFallback();
}
