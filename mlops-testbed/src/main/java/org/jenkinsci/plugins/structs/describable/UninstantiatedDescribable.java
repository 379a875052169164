package org.jenkinsci.plugins.structs.describable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/** A describable written down as its symbol or class and its arguments, before it is made. */
public class UninstantiatedDescribable implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String ANONYMOUS_KEY = "<anonymous>";

    @CheckForNull
    private String symbol;

    @CheckForNull
    private String klass;

    private final Map<String, ?> arguments;

    public UninstantiatedDescribable(String symbol, String klass, Map<String, ?> arguments) {
        this.symbol = symbol;
        this.klass = klass;
        this.arguments = arguments;
    }

    public String getSymbol() {
        return symbol;
    }

    public void setSymbol(String symbol) {
        this.symbol = symbol;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }

    public <T> T instantiate(Class<T> base, TaskListener listener) throws Exception {
        Class<?> type = DescribableModel.resolveClass(base, klass, symbol);
        return base.cast(new DescribableModel<>(type).instantiate(arguments, listener));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof UninstantiatedDescribable that
                && Objects.equals(symbol, that.symbol)
                && Objects.equals(klass, that.klass)
                && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(symbol, klass, arguments);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (symbol != null) {
            text.append('@').append(symbol);
        }
        if (klass != null) {
            text.append('$').append(klass);
        }
        text.append('(');
        String separator = "";
        for (Map.Entry<String, ?> entry : arguments.entrySet()) {
            text.append(separator).append(entry.getKey()).append('=').append(entry.getValue());
            separator = ",";
        }
        return text.append(')').toString();
    }
}
