package hudson.model;

import hudson.Extension;
import hudson.ExtensionPoint;

/** A page directly under Jenkins' root; implementations carry {@link Extension}. */
public interface RootAction extends Action, ExtensionPoint {}
