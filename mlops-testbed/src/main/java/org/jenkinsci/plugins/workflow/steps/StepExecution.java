package org.jenkinsci.plugins.workflow.steps;

import com.google.common.base.Function;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;

/** One run of one step; written with the program, so its fields are serialisable or transient. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private StepContext context;

    @Deprecated
    protected StepExecution() {}

    protected StepExecution(StepContext context) {
        this.context = context;
    }

    public StepContext getContext() {
        if (context == null) {
            throw new IllegalStateException("you must either pass in a StepContext to the StepExecution constructor");
        }
        return context;
    }

    /** Starts the work; true when the context has its outcome already. Runs on the CPS thread: no waiting here. */
    public abstract boolean start() throws Exception;

    public void stop(Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    public void onResume() {}

    @CheckForNull
    public String getStatus() {
        return null;
    }

    public boolean blocksRestart() {
        return false;
    }

    public static ListenableFuture<?> acceptAll(Consumer<StepExecution> f) {
        return acceptAll(StepExecution.class, f);
    }

    public static ListenableFuture<?> applyAll(Function<StepExecution, Void> f) {
        return acceptAll(StepExecution.class, f::apply);
    }

    public static <T extends StepExecution> ListenableFuture<?> acceptAll(Class<T> type, Consumer<T> f) {
        List<ListenableFuture<?>> all = new ArrayList<>();
        for (FlowExecution execution : FlowExecutionList.get()) {
            all.add(Futures.transform(
                    execution.getCurrentExecutions(false),
                    steps -> {
                        steps.stream().filter(type::isInstance).map(type::cast).forEach(f);
                        return null;
                    },
                    MoreExecutors.directExecutor()));
        }
        return Futures.allAsList(all);
    }

    public static <T extends StepExecution> ListenableFuture<?> applyAll(Class<T> type, Function<T, Void> f) {
        return acceptAll(type, f::apply);
    }
}
