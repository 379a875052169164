package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** What a program tells the execution that it belongs to. */
public interface ProgramEvents {
    void newHead(FlowNode node);

    /** The program has come to its end, with {@code failure} or without one. */
    void ended(@CheckForNull Throwable failure);
}
