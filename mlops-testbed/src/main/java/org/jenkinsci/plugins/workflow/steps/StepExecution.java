package org.jenkinsci.plugins.workflow.steps;

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
}
