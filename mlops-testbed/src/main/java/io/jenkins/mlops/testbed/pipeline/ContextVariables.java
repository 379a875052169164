package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the blocks around a step have provided, innermost first. */
final class ContextVariables implements Serializable {
    private static final long serialVersionUID = 1L;
    static final ContextVariables NONE = new ContextVariables(null, List.of());

    @CheckForNull
    private final ContextVariables outer;

    private final ArrayList<Object> values;

    private ContextVariables(@CheckForNull ContextVariables outer, List<Object> values) {
        this.outer = outer;
        this.values = new ArrayList<>(values);
    }

    ContextVariables with(List<Object> inner) {
        return inner.isEmpty() ? this : new ContextVariables(this, inner);
    }

    @CheckForNull
    <T> T get(Class<T> type) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (type.isInstance(values.get(i))) {
                return type.cast(values.get(i));
            }
        }
        return outer == null ? null : outer.get(type);
    }
}
