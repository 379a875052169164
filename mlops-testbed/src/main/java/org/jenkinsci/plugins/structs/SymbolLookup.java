package org.jenkinsci.plugins.structs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;

/** Finds extensions by their {@link Symbol}. */
public class SymbolLookup {
    private static final SymbolLookup INSTANCE = new SymbolLookup();

    public SymbolLookup() {}

    @CheckForNull
    public <T> T find(Class<T> type, String symbol) {
        for (T extension : ExtensionList.lookup(type)) {
            if (getSymbolValue(extension).contains(symbol)) {
                return extension;
            }
        }
        return null;
    }

    /** The descriptor of {@code symbol} whose describables are of {@code type}. */
    @CheckForNull
    public Descriptor<?> findDescriptor(Class<?> type, String symbol) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (type.isAssignableFrom(descriptor.clazz)
                    && getSymbolValue(descriptor).contains(symbol)) {
                return descriptor;
            }
        }
        return null;
    }

    public static SymbolLookup get() {
        return INSTANCE;
    }

    @NonNull
    public static Set<String> getSymbolValue(@NonNull Object o) {
        return getSymbolValue((Class<?>) o.getClass());
    }

    @NonNull
    public static Set<String> getSymbolValue(@NonNull Class<?> c) {
        Symbol symbol = c.getAnnotation(Symbol.class);
        return symbol == null ? Set.of() : new LinkedHashSet<>(List.of(symbol.value()));
    }
}
