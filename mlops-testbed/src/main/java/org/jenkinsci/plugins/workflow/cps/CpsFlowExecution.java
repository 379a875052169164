package org.jenkinsci.plugins.workflow.cps;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.mlops.testbed.pipeline.NodeFiles;
import io.jenkins.mlops.testbed.pipeline.Program;
import io.jenkins.mlops.testbed.pipeline.ProgramEvents;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.FlowStartNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The run of a Pipeline's script on groovy-cps. */
public class CpsFlowExecution extends FlowExecution {
    private static final Logger LOGGER = Logger.getLogger(CpsFlowExecution.class.getName());
    private static final String START = "1";
    private static final String END = "end";

    private final String script;
    private final boolean sandbox;
    private Result result = Result.SUCCESS;
    private boolean done;

    private transient FlowExecutionOwner owner;
    private transient FlowNode start;
    private transient FlowNode end;
    private transient List<GraphListener> listeners;

    public CpsFlowExecution(String script, boolean sandbox, FlowExecutionOwner owner) throws IOException {
        this.script = script;
        this.sandbox = sandbox;
        this.owner = owner;
    }

    @Override
    public void start() throws IOException {
        start = new FlowStartNode(this, START);
        start.save();
        FlowExecutionList.get().register(owner);
        Program.start(this, new Events());
    }

    @Override
    public void onLoad(FlowExecutionOwner reader) throws IOException {
        owner = reader;
        start = NodeFiles.read(this, START);
        end = NodeFiles.read(this, END);
    }

    /** Reads the program back and goes on with it, in the background. */
    public void loadProgramAsync(File programDataFile) {
        Program.resume(this, programDataFile, new Events());
    }

    private void ended(@CheckForNull Throwable failure) {
        try {
            if (failure instanceof FlowInterruptedException interrupted) {
                setResult(interrupted.getResult());
            } else if (failure != null) {
                setResult(Result.FAILURE);
            }
            if (owner.getExecutable() instanceof Run<?, ?> run && run.getResult() != null) {
                setResult(run.getResult());
            }
            FlowEndNode node = new FlowEndNode(this, END, (FlowStartNode) start, result);
            end = node;
            if (failure != null) {
                node.addAction(new ErrorAction(failure));
            }
            node.save();
            done = true;
            owner.getListener().getLogger().println("[Pipeline] End of Pipeline");
            FlowExecutionList.get().unregister(owner);
            tell(node);
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.SEVERE, "cannot end " + this, x);
        }
    }

    private void tell(FlowNode node) {
        List<GraphListener> all = new ArrayList<>(listeners());
        all.addAll(ExtensionList.lookup(GraphListener.class));
        for (GraphListener listener : all) {
            try {
                listener.onNewHead(node);
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, "a listener failed on " + node, x);
            }
        }
    }

    private synchronized List<GraphListener> listeners() {
        if (listeners == null) {
            listeners = new CopyOnWriteArrayList<>();
        }
        return listeners;
    }

    @Override
    public void addListener(GraphListener listener) {
        listeners().add(listener);
    }

    private final class Events implements ProgramEvents {
        @Override
        public void newHead(FlowNode node) {
            tell(node);
        }

        @Override
        public void ended(@CheckForNull Throwable failure) {
            CpsFlowExecution.this.ended(failure);
        }
    }

    public String getScript() {
        return script;
    }

    public boolean isSandbox() {
        return sandbox;
    }

    @Override
    public FlowExecutionOwner getOwner() {
        return owner;
    }

    @Override
    public synchronized List<FlowNode> getCurrentHeads() {
        if (done) {
            return List.of(end);
        }
        Program program = Program.of(this);
        List<FlowNode> heads = program == null ? List.of() : program.heads();
        return heads.isEmpty() ? List.of(start) : heads;
    }

    @Override
    public ListenableFuture<List<StepExecution>> getCurrentExecutions(boolean innerMostOnly) {
        Program program = Program.of(this);
        return Futures.immediateFuture(program == null ? List.of() : program.executions(innerMostOnly));
    }

    @Override
    public synchronized boolean isCurrentHead(FlowNode node) {
        return getCurrentHeads().contains(node);
    }

    @Override
    public void interrupt(Result r, CauseOfInterruption... causes) throws IOException, InterruptedException {
        setResult(r);
        Program program = Program.of(this);
        if (program != null) {
            program.interrupt(new FlowInterruptedException(r, true, causes));
        }
    }

    @Override
    public FlowNode getNode(String id) throws IOException {
        return NodeFiles.read(this, id);
    }

    @Override
    public List<Action> loadActions(FlowNode node) throws IOException {
        FlowNode saved = getNode(node.getId());
        return saved == null ? List.of() : saved.getActions();
    }

    @Override
    public void saveActions(FlowNode node, List<Action> actions) throws IOException {
        NodeFiles.write(node);
    }

    public void setResult(Result v) {
        result = result.combine(v);
    }

    public Result getResult() {
        return result;
    }

    @Override
    public boolean isComplete() {
        return done;
    }

    @Override
    public String toString() {
        return "CpsFlowExecution[" + owner + "]";
    }
}
