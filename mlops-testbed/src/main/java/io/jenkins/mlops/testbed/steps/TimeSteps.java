package io.jenkins.mlops.testbed.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.model.CauseOfInterruption;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Steps that wait: {@code sleep}, {@code timeout}, {@code waitUntil}. */
final class TimeSteps {
    private TimeSteps() {}

    /** Waits for a time. */
    public static final class Sleep extends Step {
        private final int time;
        private TimeUnit unit = TimeUnit.SECONDS;

        @DataBoundConstructor
        public Sleep(int time) {
            this.time = time;
        }

        @DataBoundSetter
        public void setUnit(TimeUnit unit) {
            this.unit = unit;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new SleepExecution(context, unit.toMillis(time));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("sleep", "Sleep", false, TaskListener.class);
            }
        }
    }

    private static final class SleepExecution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private long end;
        private transient volatile ScheduledFuture<?> task;

        SleepExecution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            end = System.currentTimeMillis() + millis;
            getContext().get(TaskListener.class).getLogger().println("Sleeping for " + Util.getTimeSpanString(millis));
            arm();
            return false;
        }

        private void arm() {
            long left = Math.max(0, end - System.currentTimeMillis());
            task = Timer.get().schedule(() -> getContext().onSuccess(null), left, TimeUnit.MILLISECONDS);
        }

        @Override
        public void onResume() {
            arm();
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            if (task != null) {
                task.cancel(false);
            }
            super.stop(cause);
        }

        @Override
        public String getStatus() {
            return "sleeping for another " + Util.getTimeSpanString(Math.max(0, end - System.currentTimeMillis()));
        }
    }

    /** Stops its body after a time. */
    public static final class Timeout extends Step {
        private final int time;
        private TimeUnit unit = TimeUnit.MINUTES;

        @DataBoundConstructor
        public Timeout(int time) {
            this.time = time;
        }

        @DataBoundSetter
        public void setUnit(TimeUnit unit) {
            this.unit = unit;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new TimeoutExecution(context, unit.toMillis(time));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("timeout", "Enforce time limit", true, TaskListener.class);
            }
        }
    }

    private static final class TimeoutExecution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private final long millis;
        private long end;
        private BodyExecution body;
        private transient volatile ScheduledFuture<?> task;

        TimeoutExecution(StepContext context, long millis) {
            super(context);
            this.millis = millis;
        }

        @Override
        public boolean start() throws Exception {
            end = System.currentTimeMillis() + millis;
            getContext()
                    .get(TaskListener.class)
                    .getLogger()
                    .println("Timeout set to expire in " + Util.getTimeSpanString(millis));
            body = getContext().newBodyInvoker().withCallback(new Disarm(this)).start();
            arm();
            return false;
        }

        private void arm() {
            task = Timer.get().schedule(this::expire, end - System.currentTimeMillis(), TimeUnit.MILLISECONDS);
        }

        private void expire() {
            try {
                getContext().get(TaskListener.class).getLogger().println("Cancelling nested steps due to timeout");
            } catch (IOException | InterruptedException x) {
                // The block has ended in between: there is nothing to cancel.
                return;
            }
            body.cancel(new FlowInterruptedException(Result.ABORTED, true, new ExceededTimeout(nodeId())));
        }

        private String nodeId() {
            return getContext().toString();
        }

        private void disarm() {
            if (task != null) {
                task.cancel(false);
            }
        }

        @Override
        public void onResume() {
            arm();
        }

        @Override
        public void stop(Throwable cause) {
            disarm();
            body.cancel(cause);
        }
    }

    private static final class Disarm extends BodyExecutionCallback.TailCall {
        private static final long serialVersionUID = 1L;
        private final TimeoutExecution timeout;

        Disarm(TimeoutExecution timeout) {
            this.timeout = timeout;
        }

        @Override
        protected void finished(StepContext context) {
            timeout.disarm();
        }
    }

    /** A block took too long. */
    private static final class ExceededTimeout extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;
        private final String place;

        ExceededTimeout(String place) {
            this.place = place;
        }

        @Override
        public String getShortDescription() {
            return "Timeout has been exceeded";
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof ExceededTimeout that && place.equals(that.place);
        }

        @Override
        public int hashCode() {
            return place.hashCode();
        }
    }

    /** Runs its body again and again until it gives true. */
    public static final class WaitUntil extends Step {
        private long initialRecurrencePeriod = 250;
        private boolean quiet;

        @DataBoundConstructor
        public WaitUntil() {}

        @DataBoundSetter
        public void setInitialRecurrencePeriod(long initialRecurrencePeriod) {
            this.initialRecurrencePeriod = initialRecurrencePeriod;
        }

        @DataBoundSetter
        public void setQuiet(boolean quiet) {
            this.quiet = quiet;
        }

        @Override
        public StepExecution start(StepContext context) {
            return new WaitUntilExecution(context, initialRecurrencePeriod, quiet);
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("waitUntil", "Wait for condition", true, TaskListener.class);
            }
        }
    }

    private static final class WaitUntilExecution extends StepExecution {
        private static final long serialVersionUID = 1L;
        private static final long LONGEST_MILLIS = 15_000;
        private long pause;
        private final boolean quiet;
        private boolean pausing;
        private BodyExecution body;
        private transient volatile ScheduledFuture<?> task;

        WaitUntilExecution(StepContext context, long pause, boolean quiet) {
            super(context);
            this.pause = pause;
            this.quiet = quiet;
        }

        @Override
        public boolean start() {
            pausing = false;
            body = getContext()
                    .newBodyInvoker()
                    .withCallback(new Condition(this))
                    .start();
            return false;
        }

        private void later() {
            pausing = true;
            task = Timer.get().schedule(this::start, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(pause * 6 / 5, LONGEST_MILLIS);
        }

        @Override
        public void onResume() {
            if (pausing) {
                later();
            }
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            if (pausing) {
                if (task != null) {
                    task.cancel(false);
                }
                super.stop(cause);
            } else {
                body.cancel(cause);
            }
        }
    }

    private static final class Condition extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;
        private final WaitUntilExecution step;

        Condition(WaitUntilExecution step) {
            this.step = step;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            if (!(result instanceof Boolean met)) {
                context.onFailure(new ClassCastException("body return value " + result + " is not boolean"));
            } else if (met) {
                context.onSuccess(null);
            } else {
                say(context);
                step.later();
            }
        }

        private void say(StepContext context) {
            try {
                if (!step.quiet) {
                    String span = Util.getTimeSpanString(step.pause);
                    context.get(TaskListener.class).getLogger().println("Will try again after " + span);
                }
            } catch (IOException | InterruptedException x) {
                context.onFailure(x);
            }
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            context.onFailure(t);
        }
    }
}
