package org.jenkinsci.plugins.structs.describable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.LinkedHashMap;
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

    public UninstantiatedDescribable(Map<String, ?> arguments) {
        this(null, null, arguments);
    }

    public String getSymbol() {
        return symbol;
    }

    public void setSymbol(String symbol) {
        this.symbol = symbol;
    }

    public String getKlass() {
        return klass;
    }

    public void setKlass(String klass) {
        this.klass = klass;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        arguments.forEach((key, value) ->
                map.put(key, value instanceof UninstantiatedDescribable nested ? nested.toMap() : value));
        if (klass != null) {
            map.put(DescribableModel.CLAZZ, klass);
        }
        return map;
    }

    public Object instantiate() throws Exception {
        return instantiate(Object.class, null);
    }

    public Object instantiate(TaskListener listener) throws Exception {
        return instantiate(Object.class, listener);
    }

    public <T> T instantiate(Class<T> base) throws Exception {
        return instantiate(base, null);
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
