package io.jenkins.mlops.testbed.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import groovy.lang.GString;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.codehaus.groovy.reflection.CachedClass;
import org.codehaus.groovy.reflection.ParameterTypes;
import org.codehaus.groovy.reflection.ReflectionCache;
import org.codehaus.groovy.runtime.DateGroovyMethods;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.EncodingGroovyMethods;
import org.codehaus.groovy.runtime.IOGroovyMethods;
import org.codehaus.groovy.runtime.MetaClassHelper;
import org.codehaus.groovy.runtime.ProcessGroovyMethods;
import org.codehaus.groovy.runtime.ResourceGroovyMethods;
import org.codehaus.groovy.runtime.StringGroovyMethods;

/**
 * Finds the member that a call in a script means. Where a class overrides a method, the most general declaration counts:
 * a rule for it is a rule for all who override it.
 */
final class Members {
    static final List<Class<?>> GROOVY_METHODS = List.of(
            DefaultGroovyMethods.class,
            StringGroovyMethods.class,
            EncodingGroovyMethods.class,
            DateGroovyMethods.class,
            ProcessGroovyMethods.class,
            IOGroovyMethods.class,
            ResourceGroovyMethods.class);

    private Members() {}

    @CheckForNull
    static Method method(Class<?> type, String name, Object... args) {
        for (Class<?> c : generalFirst(type, new LinkedHashSet<>())) {
            Method found = declared(c, name, args);
            if (found != null) {
                return found;
            }
        }
        return GString.class.isAssignableFrom(type) ? method(String.class, name, args) : null;
    }

    @CheckForNull
    static Method declared(Class<?> type, String name, Object... args) {
        return (Method)
                closest(type.getDeclaredMethods(), m -> m.getName().equals(name) && !((Method) m).isBridge(), args);
    }

    @CheckForNull
    static Method staticMethod(Class<?> type, String name, Object... args) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Method found = (Method) closest(
                    c.getDeclaredMethods(), m -> m.getName().equals(name) && Modifier.isStatic(m.getModifiers()), args);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @CheckForNull
    static Constructor<?> constructor(Class<?> type, Object... args) {
        Executable found = closest(type.getDeclaredConstructors(), c -> true, args);
        if (found == null && args.length == 1 && args[0] instanceof Map) {
            // new X(name: value): Groovy calls the constructor without parameters, then the setters.
            found = closest(type.getDeclaredConstructors(), c -> true);
        }
        return (Constructor<?>) found;
    }

    @CheckForNull
    static Field field(Class<?> type, String name) {
        for (Class<?> c : generalFirst(type, new LinkedHashSet<>())) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        return null;
    }

    private static Set<Class<?>> generalFirst(Class<?> type, Set<Class<?>> types) {
        if (type.getSuperclass() != null) {
            generalFirst(type.getSuperclass(), types);
        }
        for (Class<?> i : type.getInterfaces()) {
            generalFirst(i, types);
        }
        types.add(type);
        return types;
    }

    @CheckForNull
    private static Executable closest(Executable[] candidates, Predicate<Executable> wanted, Object... args) {
        Executable best = null;
        Class<?>[] types = MetaClassHelper.convertToTypeArray(args);
        for (Executable candidate : candidates) {
            if (!wanted.test(candidate) || args.length != candidate.getParameterCount() && !candidate.isVarArgs()) {
                continue;
            }
            if (parameters(candidate).isValidMethod(types) && (best == null || isCloser(candidate, best, types))) {
                best = candidate;
            }
        }
        return best;
    }

    private static ParameterTypes parameters(Executable candidate) {
        return new ParameterTypes(Arrays.stream(candidate.getParameterTypes())
                .map(ReflectionCache::getCachedClass)
                .toArray(CachedClass[]::new));
    }

    /** The first parameter in which two candidates differ decides, the receiver of an added method above all. */
    private static boolean isCloser(Executable candidate, Executable than, Class<?>[] types) {
        if (candidate.isVarArgs() != than.isVarArgs()) {
            return than.isVarArgs();
        }
        Class<?>[] mine = candidate.getParameterTypes();
        Class<?>[] others = than.getParameterTypes();
        for (int i = 0; i < Math.min(mine.length, others.length); i++) {
            if (mine[i] != others[i] && others[i].isAssignableFrom(mine[i])) {
                return true;
            } else if (mine[i] != others[i] && mine[i].isAssignableFrom(others[i])) {
                return false;
            }
        }
        return MetaClassHelper.calculateParameterDistance(types, parameters(candidate))
                < MetaClassHelper.calculateParameterDistance(types, parameters(than));
    }

    static String typeNames(Object... args) {
        StringBuilder text = new StringBuilder();
        for (Object arg : args) {
            text.append(' ').append(arg == null ? "null" : arg.getClass().getCanonicalName());
        }
        return text.toString();
    }
}
