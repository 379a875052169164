package hudson.model;

import hudson.ExtensionPoint;

/** An item that can stand directly in Jenkins' list. */
public interface TopLevelItem extends Item, ExtensionPoint, Describable<TopLevelItem> {
    @Override
    TopLevelItemDescriptor getDescriptor();
}
