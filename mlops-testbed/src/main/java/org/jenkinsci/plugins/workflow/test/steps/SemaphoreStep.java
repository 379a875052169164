package org.jenkinsci.plugins.workflow.test.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** A step that waits until a test lets it go on. */
public final class SemaphoreStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final State STATE = new State();

    private final String id;
    private final int number;

    @DataBoundConstructor
    public SemaphoreStep(String id) {
        this.id = id;
        this.number = STATE.allocate(id);
    }

    public String getId() {
        return id;
    }

    private String key() {
        return id + "/" + number;
    }

    /** Lets the step of {@code k}, such as {@code wait/1}, return {@code returnValue}, now or when it starts. */
    public static void success(String k, Object returnValue) {
        StepContext context = STATE.outcome(k, returnValue, null);
        if (context != null) {
            context.onSuccess(returnValue);
        }
    }

    public static void failure(String k, Throwable error) {
        StepContext context = STATE.outcome(k, null, error);
        if (context != null) {
            context.onFailure(error);
        }
    }

    /** Waits until the step of {@code k} has started. */
    public static void waitForStart(String k, @CheckForNull Run<?, ?> b) throws IOException, InterruptedException {
        STATE.awaitStart(k, b);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        return new Execution(context, key());
    }

    private static final class State {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, StepContext> started = new HashMap<>();
        private final Map<String, Object[]> outcomes = new HashMap<>();

        synchronized int allocate(String id) {
            return numbers.merge(id, 1, Integer::sum);
        }

        synchronized StepContext outcome(String key, @CheckForNull Object value, @CheckForNull Throwable error) {
            outcomes.put(key, new Object[] {value, error});
            return started.get(key);
        }

        /** The outcome that was given before the start; null if there is none yet. */
        synchronized Object[] start(String key, StepContext context) {
            started.put(key, context);
            notifyAll();
            return outcomes.get(key);
        }

        synchronized void awaitStart(String key, @CheckForNull Run<?, ?> run) throws IOException, InterruptedException {
            while (!started.containsKey(key)) {
                if (run != null && !run.isBuilding()) {
                    throw new AssertionError(run + " ended before " + key + " started:\n" + run.getLog());
                }
                wait(100);
            }
        }
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final String key;

        Execution(StepContext context, String key) {
            super(context);
            this.key = key;
        }

        @Override
        public boolean start() {
            Object[] outcome = STATE.start(key, getContext());
            if (outcome == null) {
                return false;
            }
            if (outcome[1] != null) {
                getContext().onFailure((Throwable) outcome[1]);
            } else {
                getContext().onSuccess(outcome[0]);
            }
            return true;
        }

        @Override
        public void onResume() {
            start();
        }

        @Override
        public String getStatus() {
            return "waiting on " + key;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "semaphore";
        }

        @Override
        public String getDisplayName() {
            return "Test step";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
