package io.jenkins.mlops.testbed.steps;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A step's kind in one line. */
abstract class BasicStepDescriptor extends StepDescriptor {
    private final String function;
    private final String displayName;
    private final boolean block;
    private final Set<Class<?>> required;

    BasicStepDescriptor(String function, String displayName, boolean block, Class<?>... required) {
        this.function = function;
        this.displayName = displayName;
        this.block = block;
        this.required = new LinkedHashSet<>(List.of(required));
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public String getDisplayName() {
        return displayName;
    }

    @Override
    public boolean takesImplicitBlockArgument() {
        return block;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return required;
    }
}
