package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Binds credentials to environment variables and masks them in the log. */
public final class WithCredentialsStep extends Step {
    private final List<CredentialBinding> bindings;

    @DataBoundConstructor
    public WithCredentialsStep(List<CredentialBinding> bindings) {
        this.bindings = bindings;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, bindings);
    }

    private static final class Execution extends GeneralNonBlockingStepExecution {
        private static final long serialVersionUID = 1L;
        private final transient List<CredentialBinding> bindings;

        Execution(StepContext context, List<CredentialBinding> bindings) {
            super(context);
            this.bindings = bindings;
        }

        @Override
        public boolean start() {
            run(this::bind);
            return false;
        }

        private void bind() throws Exception {
            Bound bound = new Bound(getContext().get(Run.class), getContext().get(FilePath.class));
            for (CredentialBinding binding : bindings) {
                binding.bind(bound);
            }
            String names =
                    bound.secret.keySet().stream().map(name -> "$" + name).collect(Collectors.joining(" or "));
            getContext().get(TaskListener.class).getLogger().println("Masking supported pattern matches of " + names);
            Mask mask = new Mask(bound.secret.values());
            getContext()
                    .newBodyInvoker()
                    .withContexts(
                            EnvironmentExpander.merge(
                                    getContext().get(EnvironmentExpander.class), new BoundVariables(bound)),
                            BodyInvoker.mergeConsoleLogFilters(getContext().get(ConsoleLogFilter.class), mask))
                    .withCallback(new After(mask, bound.folders))
                    .start();
        }

        /** Removes the files again and keeps secrets out of the error that ends the body. */
        private final class After extends BodyExecutionCallback {
            private static final long serialVersionUID = 1L;
            private final Mask mask;
            private final ArrayList<FilePath> folders;

            After(Mask mask, List<FilePath> folders) {
                this.mask = mask;
                this.folders = new ArrayList<>(folders);
            }

            @Override
            public void onSuccess(StepContext context, Object result) {
                run(() -> {
                    removeFiles();
                    context.onSuccess(result);
                });
            }

            @Override
            public void onFailure(StepContext context, Throwable t) {
                run(() -> {
                    removeFiles();
                    context.onFailure(mask.mask(t));
                });
            }

            private void removeFiles() throws IOException, InterruptedException {
                for (FilePath folder : folders) {
                    folder.deleteRecursive();
                }
            }
        }
    }

    /** What bindings give: variables, secret and open ones, and folders to remove in the end. */
    static final class Bound {
        final Run<?, ?> run;

        @CheckForNull
        final FilePath workspace;

        final Map<String, String> secret = new LinkedHashMap<>();
        final Map<String, String> open = new LinkedHashMap<>();
        final List<FilePath> folders = new ArrayList<>();

        Bound(Run<?, ?> run, @CheckForNull FilePath workspace) {
            this.run = run;
            this.workspace = workspace;
        }
    }

    private static final class BoundVariables extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final HashMap<String, String> variables;
        private final TreeSet<String> secret;

        BoundVariables(Bound bound) {
            variables = new HashMap<>(bound.secret);
            variables.putAll(bound.open);
            secret = new TreeSet<>(bound.secret.keySet());
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideAll(variables);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return secret;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends BasicStepDescriptor {
        public DescriptorImpl() {
            super("withCredentials", "Bind credentials to variables", true, Run.class, TaskListener.class);
        }
    }
}
