package org.jenkinsci.plugins.workflow.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/** The end of a block. */
public abstract class BlockEndNode<START extends BlockStartNode> extends FlowNode {
    private final String startId;

    public BlockEndNode(FlowExecution exec, String id, START start, FlowNode... parents) {
        this(exec, id, start, List.of(parents));
    }

    public BlockEndNode(FlowExecution exec, String id, START start, List<FlowNode> parents) {
        super(exec, id, parents);
        this.startId = start.getId();
    }

    @SuppressWarnings("unchecked")
    public START getStartNode() {
        try {
            return (START) getExecution().getNode(startId);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
