package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.AtomNode;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The nodes that steps leave in a Pipeline's graph. */
final class StepNodes {
    private StepNodes() {}

    /** A step without a body. */
    static final class Atom extends AtomNode implements StepNode {
        private final String function;

        Atom(FlowExecution execution, String id, String function, FlowNode parent) {
            super(execution, id, parent);
            this.function = function;
        }

        @Override
        public StepDescriptor getDescriptor() {
            return StepDescriptor.byFunctionName(function);
        }

        @Override
        protected String getTypeDisplayName() {
            return describe(getDescriptor(), function);
        }

        @Override
        protected String getTypeFunctionName() {
            return function;
        }
    }

    /** The begin of a step with a body, or of one run of its body. */
    static final class Start extends BlockStartNode implements StepNode {
        private final String function;
        private final boolean body;

        Start(FlowExecution execution, String id, String function, boolean body, FlowNode parent) {
            super(execution, id, parent);
            this.function = function;
            this.body = body;
        }

        @Override
        public StepDescriptor getDescriptor() {
            return StepDescriptor.byFunctionName(function);
        }

        @Override
        protected String getTypeDisplayName() {
            return describe(getDescriptor(), function) + (body ? " : Body" : "") + " : Start";
        }

        @Override
        protected String getTypeFunctionName() {
            return body ? "{" : function;
        }
    }

    /** The end of a step with a body, or of one run of its body. */
    static final class End extends BlockEndNode<Start> implements StepNode {
        private final String function;
        private final boolean body;

        End(FlowExecution execution, String id, Start start, List<FlowNode> parents) {
            super(execution, id, start, parents);
            this.function = start.function;
            this.body = start.body;
        }

        @Override
        public StepDescriptor getDescriptor() {
            return StepDescriptor.byFunctionName(function);
        }

        @Override
        protected String getTypeDisplayName() {
            return describe(getDescriptor(), function) + (body ? " : Body" : "") + " : End";
        }

        @Override
        protected String getTypeFunctionName() {
            return body ? "}" : "// " + function;
        }
    }

    private static String describe(@CheckForNull StepDescriptor descriptor, String function) {
        return descriptor == null ? function : descriptor.getDisplayName();
    }
}
