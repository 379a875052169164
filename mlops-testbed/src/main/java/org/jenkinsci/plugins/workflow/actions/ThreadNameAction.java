package org.jenkinsci.plugins.workflow.actions;

import edu.umd.cs.findbugs.annotations.NonNull;

/** The name of the parallel branch that begins at a node. */
public interface ThreadNameAction extends PersistentAction {
    @NonNull
    String getThreadName();
}
