package org.jenkinsci.plugins.workflow.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A step needs something around it that is not there, such as a workspace. */
public class MissingContextVariableException extends Exception {
    private static final long serialVersionUID = 1L;

    @NonNull
    private final Class<?> type;

    @CheckForNull
    private final String functionName;

    public MissingContextVariableException(@NonNull Class<?> type) {
        this(type, null);
    }

    public MissingContextVariableException(@NonNull Class<?> type, @CheckForNull StepDescriptor descriptor) {
        this.type = type;
        this.functionName = descriptor == null ? null : descriptor.getFunctionName();
    }

    @NonNull
    public Class<?> getType() {
        return type;
    }

    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder("Required context ").append(type).append(" is missing");
        List<StepDescriptor> providers = getProviders();
        if (!providers.isEmpty()) {
            text.append("\nPerhaps you forgot to surround the ")
                    .append(functionName == null ? "code" : functionName + " step")
                    .append(" with a step that provides this, such as: ")
                    .append(providers.stream()
                            .map(StepDescriptor::getFunctionName)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    @NonNull
    public List<StepDescriptor> getProviders() {
        List<StepDescriptor> providers = new ArrayList<>();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (descriptor.getProvidedContext().stream().anyMatch(type::isAssignableFrom)
                    && !descriptor.getRequiredContext().contains(type)) {
                providers.add(descriptor);
            }
        }
        return providers;
    }
}
