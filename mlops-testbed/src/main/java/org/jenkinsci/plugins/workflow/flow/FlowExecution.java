package org.jenkinsci.plugins.workflow.flow;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.security.ACL;
import java.io.IOException;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.graph.FlowActionStorage;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/** The run of a Pipeline's script. */
public abstract class FlowExecution implements FlowActionStorage {
    public abstract void start() throws IOException;

    public void onLoad(FlowExecutionOwner owner) throws IOException {}

    public abstract FlowExecutionOwner getOwner();

    public abstract List<FlowNode> getCurrentHeads();

    /** The steps that run now; with {@code innerMostOnly} those without a step running in their bodies. */
    public ListenableFuture<List<StepExecution>> getCurrentExecutions(boolean innerMostOnly) {
        return Futures.immediateFuture(List.of());
    }

    public abstract boolean isCurrentHead(FlowNode n);

    public String getUrl() throws IOException {
        return getOwner().getUrlOfExecution();
    }

    public abstract void interrupt(Result r, CauseOfInterruption... causes) throws IOException, InterruptedException;

    public abstract void addListener(GraphListener listener);

    public boolean isComplete() {
        List<FlowNode> heads = getCurrentHeads();
        return heads.size() == 1 && heads.get(0) instanceof FlowEndNode;
    }

    @CheckForNull
    public final Throwable getCauseOfFailure() {
        List<FlowNode> heads = getCurrentHeads();
        if (heads.size() != 1 || !(heads.get(0) instanceof FlowEndNode)) {
            return null;
        }
        ErrorAction error = heads.get(0).getAction(ErrorAction.class);
        return error == null ? null : error.getError();
    }

    @CheckForNull
    public abstract FlowNode getNode(String id) throws IOException;

    public Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }
}
