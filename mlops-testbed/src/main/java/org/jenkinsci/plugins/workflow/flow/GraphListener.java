package org.jenkinsci.plugins.workflow.flow;

import hudson.ExtensionPoint;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** Hears of each node that a Pipeline comes to. */
public interface GraphListener extends ExtensionPoint {
    void onNewHead(FlowNode node);
}
