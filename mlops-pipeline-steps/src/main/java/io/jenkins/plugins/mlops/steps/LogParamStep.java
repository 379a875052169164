package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** The step {@code logParam}: logs a parameter, once, to the run of the {@code trainModel} around it. */
public final class LogParamStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String value;

    /**
     * @param name the parameter's name
     * @param value its value: a text, a number or a boolean, kept as text; a parameter that has another value already
     *     is refused. Not declared as a String, because a Jenkinsfile's {@code value: 0.1} would not become one
     * @throws IllegalArgumentException for null, a list, a map or anything else
     */
    @DataBoundConstructor
    public LogParamStep(String name, Object value) {
        if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException(
                    "logParam: expected a text, a number or a boolean as the value of '" + name + "', found "
                            + (value == null ? "null" : value.getClass().getSimpleName()) + ".");
        }
        this.name = name;
        this.value = value.toString();
    }

    public String getName() {
        return name;
    }

    public Object getValue() {
        return value;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        if (name == null) {
            throw new AbortException(
                    "logParam: expected a name, found none. Write for example logParam name: 'depth', value: 3.");
        }
        return new Execution(context, this);
    }

    private static final class Execution extends BackgroundExecution {
        private static final long serialVersionUID = 1L;

        private final LogParamStep step;

        Execution(StepContext context, LogParamStep step) {
            super(context);
            this.step = step;
        }

        @Override
        void work() throws Exception {
            String runId = required(TrackedRunHandle.class).getRunId();
            TrackedValues.logParams(registry().tracking(), runId, Map.of(step.name, step.value));
            listener().getLogger().println("[mlops] param " + step.name + "=" + step.value);
            getContext().onSuccess(null);
        }
    }

    /** Describes {@code logParam}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "logParam";
        }

        @Override
        public String getDisplayName() {
            return Messages.LogParamStep_displayName();
        }

        /** Reads the form of the snippet generator, whose values are texts; data binding knows no type "anything". */
        @Override
        public Step newInstance(@Nullable StaplerRequest2 req, @NonNull JSONObject formData) {
            return new LogParamStep(formData.getString("name"), formData.getString("value"));
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, TrackedRunHandle.class);
        }
    }
}
