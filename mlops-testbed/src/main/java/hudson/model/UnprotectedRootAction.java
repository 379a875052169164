package hudson.model;

import hudson.ExtensionPoint;

/** A root page that people without {@code Overall/Read} reach, too. */
public interface UnprotectedRootAction extends RootAction, ExtensionPoint {}
