package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.XmlFile;
import hudson.model.Run;
import java.io.File;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** The nodes of a Pipeline as files of its build. */
public final class NodeFiles {
    private static final ThreadLocal<FlowExecution> READING = new ThreadLocal<>();

    private NodeFiles() {}

    /** The execution that the node under reading belongs to. */
    @CheckForNull
    public static FlowExecution reading() {
        return READING.get();
    }

    public static void write(FlowNode node) throws IOException {
        xml(node.getExecution(), node.getId()).write(node);
    }

    /** Reads a node; null when there is none. */
    @CheckForNull
    public static FlowNode read(FlowExecution execution, String id) throws IOException {
        XmlFile file = xml(execution, id);
        if (!file.exists()) {
            return null;
        }
        READING.set(execution);
        try {
            return (FlowNode) file.read();
        } finally {
            READING.remove();
        }
    }

    private static XmlFile xml(FlowExecution execution, String id) throws IOException {
        File folder = new File(execution.getOwner().getRootDir(), "workflow");
        return new XmlFile(Run.XSTREAM2, new File(folder, id + ".xml"));
    }
}
