package hudson.slaves;

import hudson.ExtensionPoint;
import hudson.model.Describable;

/** Connects to an agent. */
public abstract class ComputerLauncher implements Describable<ComputerLauncher>, ExtensionPoint {}
