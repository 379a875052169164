package io.jenkins.mlops.testbed.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.TaskListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;

/** Blocks that only change what is around their bodies: {@code stage}, {@code dir}, {@code withEnv}, {@code script}. */
final class BlockSteps {
    private BlockSteps() {}

    private static EnvironmentExpander and(StepContext context, Map<String, String> variables) throws Exception {
        return EnvironmentExpander.merge(
                context.get(EnvironmentExpander.class), EnvironmentExpander.constant(variables));
    }

    /** A named part of the Pipeline. */
    public static final class Stage extends Step {
        private final String name;

        @DataBoundConstructor
        public Stage(String name) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("must specify name");
            }
            this.name = name;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.block(
                    context, (c, body) -> body.withDisplayName(name).withContext(and(c, Map.of("STAGE_NAME", name))));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("stage", "Stage", true, TaskListener.class);
            }
        }
    }

    /** Another current folder. */
    public static final class Dir extends Step {
        private final String path;

        @DataBoundConstructor
        public Dir(String path) {
            this.path = path;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.block(context, (c, body) -> {
                FilePath folder = c.get(FilePath.class).child(path);
                c.get(TaskListener.class).getLogger().println("Running in " + folder.getRemote());
                body.withContext(folder);
            });
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("dir", "Change current directory", true, FilePath.class, TaskListener.class);
            }

            @Override
            public Set<? extends Class<?>> getProvidedContext() {
                return Set.of(FilePath.class);
            }
        }
    }

    /** More environment variables, as {@code NAME=value}; {@code NAME+KEY=value} puts a value before. */
    public static final class WithEnv extends Step {
        private final Collection<String> overrides;

        @DataBoundConstructor
        public WithEnv(List<String> overrides) {
            for (String pair : overrides) {
                if (pair.indexOf('=') < 0) {
                    throw new IllegalArgumentException("missing '=' in: " + pair);
                }
            }
            this.overrides = overrides;
        }

        @Override
        public StepExecution start(StepContext context) {
            Map<String, String> variables = new HashMap<>();
            for (String pair : overrides) {
                int split = pair.indexOf('=');
                variables.put(pair.substring(0, split), pair.substring(split + 1));
            }
            return StepExecutions.block(
                    context,
                    (c, body) -> body.withContext(EnvironmentExpander.merge(
                            c.get(EnvironmentExpander.class), new ExpandingOverrides(variables))));
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("withEnv", "Set environment variables", true);
            }
        }
    }

    private static final class ExpandingOverrides extends EnvironmentExpander {
        private static final long serialVersionUID = 1L;
        private final HashMap<String, String> variables;

        ExpandingOverrides(Map<String, String> variables) {
            this.variables = new HashMap<>(variables);
        }

        @Override
        public void expand(EnvVars env) {
            env.overrideExpandingAll(variables);
        }
    }

    /** Just its body: Declarative's way out into scripted Pipeline. */
    public static final class Script extends Step {
        @DataBoundConstructor
        public Script() {}

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.block(context, (StepContext c, BodyInvoker body) -> {});
        }

        /** The kind. */
        @Extension
        public static final class DescriptorImpl extends BasicStepDescriptor {
            public DescriptorImpl() {
                super("script", "Run arbitrary Pipeline script", true);
            }
        }
    }
}
