package io.jenkins.mlops.testbed.pipeline;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step with arguments of many types, which prints what it got. */
public final class ProbeStep extends Step {
    private final String name;
    private int count;
    private double ratio;
    private Long size;
    private Level level;
    private boolean flag;
    private List<Rule> rules = List.of();
    private Rule main;
    private Map<String, String> tags = Map.of();

    @DataBoundConstructor
    public ProbeStep(String name) {
        this.name = name;
    }

    @DataBoundSetter
    public void setCount(int count) {
        this.count = count;
    }

    @DataBoundSetter
    public void setRatio(double ratio) {
        this.ratio = ratio;
    }

    @DataBoundSetter
    public void setSize(Long size) {
        this.size = size;
    }

    @DataBoundSetter
    public void setLevel(Level level) {
        this.level = level;
    }

    @DataBoundSetter
    public void setFlag(boolean flag) {
        this.flag = flag;
    }

    @DataBoundSetter
    public void setRules(List<Rule> rules) {
        this.rules = rules;
    }

    @DataBoundSetter
    public void setMain(Rule main) {
        this.main = main;
    }

    @DataBoundSetter
    public void setTags(Map<String, String> tags) {
        this.tags = tags;
    }

    @Override
    public StepExecution start(StepContext context) {
        String shown = name + " " + count + " " + ratio + " " + size + " " + level + " " + flag + " " + rules + " "
                + main + " " + new TreeMap<>(tags);
        return StepExecutions.synchronousNonBlocking(context, c -> {
            c.get(TaskListener.class).getLogger().println("probe " + shown);
            return new Answer(name);
        });
    }

    /** How high. */
    public enum Level {
        LOW,
        HIGH
    }

    /** Something nested. */
    public abstract static class Rule implements Describable<Rule> {}

    /** A rule with a number. */
    public static final class AtLeast extends Rule {
        private final String metric;
        private final double value;
        private Rule then;

        @DataBoundConstructor
        public AtLeast(String metric, double value) {
            this.metric = metric;
            this.value = value;
        }

        @DataBoundSetter
        public void setThen(Rule then) {
            this.then = then;
        }

        @Override
        public String toString() {
            return metric + ">=" + value + (then == null ? "" : "&" + then);
        }

        /** The kind. */
        @Extension
        @Symbol("atLeast")
        public static final class DescriptorImpl extends Descriptor<Rule> {}
    }

    /** What the step gives back. */
    public static final class Answer implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String name;

        Answer(String name) {
            this.name = name;
        }

        @Whitelisted
        public String getName() {
            return name;
        }

        public String getSecret() {
            return "hidden " + name;
        }
    }

    /** The kind. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "probe";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(TaskListener.class);
        }
    }
}
