package io.jenkins.mlops.testbed.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
            Run<?, ?> run = getContext().get(Run.class);
            Map<String, String> variables = new LinkedHashMap<>();
            for (CredentialBinding binding : bindings) {
                variables.putAll(binding.bind(run));
            }
            String names = variables.keySet().stream().map(name -> "$" + name).collect(Collectors.joining(" or "));
            getContext().get(TaskListener.class).getLogger().println("Masking supported pattern matches of " + names);
            getContext()
                    .newBodyInvoker()
                    .withContexts(
                            EnvironmentExpander.merge(
                                    getContext().get(EnvironmentExpander.class), new SecretVariables(variables)),
                            BodyInvoker.mergeConsoleLogFilters(
                                    getContext().get(ConsoleLogFilter.class), new Mask(variables.values())))
                    .withCallback(BodyExecutionCallback.wrap(getContext()))
                    .start();
        }
    }

    private static final class SecretVariables extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final HashMap<String, String> variables;

        SecretVariables(Map<String, String> variables) {
            this.variables = new HashMap<>(variables);
        }

        @Override
        public void expand(EnvVars env) {
            env.putAll(variables);
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return new TreeSet<>(variables.keySet());
        }
    }

    private static final class Mask extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1L;
        private final ArrayList<String> secrets;

        Mask(Collection<String> secrets) {
            this.secrets = new ArrayList<>(secrets);
            this.secrets.removeIf(String::isEmpty);
            this.secrets.sort(Comparator.comparingInt(String::length).reversed());
        }

        @Override
        @SuppressWarnings("rawtypes")
        public OutputStream decorateLogger(Run build, OutputStream logger) {
            return new MaskedStream(logger, secrets);
        }
    }

    /** Writes whole lines, with secrets made unreadable. */
    private static final class MaskedStream extends OutputStream {
        private final OutputStream out;
        private final List<String> secrets;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        MaskedStream(OutputStream out, List<String> secrets) {
            this.out = out;
            this.secrets = secrets;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            line.write(b);
            if (b == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                for (String secret : secrets) {
                    text = text.replace(secret, "****");
                }
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
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
