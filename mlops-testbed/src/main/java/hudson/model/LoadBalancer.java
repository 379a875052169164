package hudson.model;

import hudson.ExtensionPoint;

/** Distributes tasks over executors. */
public abstract class LoadBalancer implements ExtensionPoint {
    LoadBalancer() {}
}
