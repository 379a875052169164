package jenkins.model;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.BuildAuthorizationToken;
import hudson.model.BuildableItem;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jenkins.util.TimeDuration;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What a job needs to be started with parameters. */
public abstract class ParameterizedJobMixIn<
        JobT extends Job<JobT, RunT> & ParameterizedJobMixIn.ParameterizedJob<JobT, RunT> & Queue.Task,
        RunT extends Run<JobT, RunT> & Queue.Executable> {
    protected abstract JobT asJob();

    public final boolean scheduleBuild(int quietPeriod, Cause c) {
        return scheduleBuild2(quietPeriod, new CauseAction(c)) != null;
    }

    @SuppressWarnings("unchecked")
    public final @CheckForNull QueueTaskFuture<RunT> scheduleBuild2(int quietPeriod, Action... actions) {
        Queue.Item i = scheduleBuild2(asJob(), quietPeriod == -1 ? asJob().getQuietPeriod() : quietPeriod, actions);
        return i == null ? null : (QueueTaskFuture<RunT>) (QueueTaskFuture<?>) i.getFuture();
    }

    public static @CheckForNull Queue.Item scheduleBuild2(final Job<?, ?> job, int quietPeriod, Action... actions) {
        if (!(job instanceof ParameterizedJob<?, ?> task) || !task.isBuildable()) {
            return null;
        }
        List<Action> all = new ArrayList<>(Arrays.asList(actions));
        all.removeIf(java.util.Objects::isNull);
        ParametersDefinitionProperty declared = job.getProperty(ParametersDefinitionProperty.class);
        if (declared != null && all.stream().noneMatch(ParametersAction.class::isInstance)) {
            all.add(new ParametersAction(defaults(declared)));
        }
        return Jenkins.get()
                .getQueue()
                .schedule2(task, Math.max(0, quietPeriod), all)
                .getItem();
    }

    public static @CheckForNull <T extends Trigger<?>> T getTrigger(Job<?, ?> job, Class<T> clazz) {
        if (job instanceof ParameterizedJob<?, ?> parameterized) {
            for (Trigger<?> trigger : parameterized.getTriggers().values()) {
                if (clazz.isInstance(trigger)) {
                    return clazz.cast(trigger);
                }
            }
        }
        return null;
    }

    private static List<ParameterValue> defaults(ParametersDefinitionProperty declared) {
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition d : declared.getParameterDefinitions()) {
            ParameterValue v = d.getDefaultParameterValue();
            if (v != null) {
                values.add(v);
            }
        }
        return values;
    }

    public final void doBuild(StaplerRequest2 req, StaplerResponse2 rsp, @QueryParameter TimeDuration delay)
            throws IOException, ServletException {
        asJob().checkPermission(Item.BUILD);
        schedule(rsp, delay, List.of());
    }

    private void schedule(StaplerResponse2 rsp, TimeDuration delay, List<Action> more) throws IOException {
        List<Action> actions = new ArrayList<>(more);
        actions.add(new CauseAction(new Cause.UserIdCause()));
        int seconds = delay == null ? asJob().getQuietPeriod() : delay.getTimeInSeconds();
        Queue.Item item = scheduleBuild2(asJob(), seconds, actions.toArray(new Action[0]));
        if (item == null) {
            rsp.sendError(HttpServletResponse.SC_CONFLICT, asJob().getFullName() + " is not buildable");
        } else {
            rsp.sendRedirect(HttpServletResponse.SC_CREATED, Jenkins.get().getRootUrl() + item.getUrl());
        }
    }

    /** A job that can be started with parameters. */
    public interface ParameterizedJob<
                    JobT extends Job<JobT, RunT> & ParameterizedJob<JobT, RunT> & Queue.Task,
                    RunT extends Run<JobT, RunT> & Queue.Executable>
            extends BuildableItem {
        @SuppressWarnings("unchecked")
        default ParameterizedJobMixIn<JobT, RunT> getParameterizedJobMixIn() {
            return new ParameterizedJobMixIn<>() {
                @Override
                protected JobT asJob() {
                    return (JobT) ParameterizedJob.this;
                }
            };
        }

        @CheckForNull
        BuildAuthorizationToken getAuthToken();

        Map<TriggerDescriptor, Trigger<?>> getTriggers();

        default int getQuietPeriod() {
            return 0;
        }

        @Override
        default boolean scheduleBuild(Cause c) {
            return getParameterizedJobMixIn().scheduleBuild(0, c);
        }

        @Override
        default boolean scheduleBuild(int quietPeriod, Cause c) {
            return getParameterizedJobMixIn().scheduleBuild(quietPeriod, c);
        }

        @CheckForNull
        default QueueTaskFuture<RunT> scheduleBuild2(int quietPeriod, Action... actions) {
            return getParameterizedJobMixIn().scheduleBuild2(quietPeriod, actions);
        }

        @RequirePOST
        default void doBuild(StaplerRequest2 req, StaplerResponse2 rsp, @QueryParameter TimeDuration delay)
                throws IOException, ServletException {
            getParameterizedJobMixIn().doBuild(req, rsp, delay);
        }

        default boolean isDisabled() {
            return false;
        }

        default boolean isBuildable() {
            return !isDisabled();
        }
    }
}
