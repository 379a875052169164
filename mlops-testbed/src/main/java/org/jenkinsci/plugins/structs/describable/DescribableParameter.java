package org.jenkinsci.plugins.structs.describable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** One argument that a data-bound class takes. */
public final class DescribableParameter {
    private final String name;
    private final Type rawType;

    /** The setter or field behind an optional argument; null for a constructor's. */
    @CheckForNull
    private final Member setter;

    DescribableParameter(String name, Type rawType, @CheckForNull Member setter) {
        this.name = name;
        this.rawType = rawType;
        this.setter = setter;
    }

    public Type getRawType() {
        return rawType;
    }

    @SuppressWarnings("rawtypes")
    public Class getErasedType() {
        return erase(rawType);
    }

    public String getName() {
        return name;
    }

    public boolean isRequired() {
        return setter == null;
    }

    @Override
    public String toString() {
        return name + (isRequired() ? "" : "?") + ": " + rawType.getTypeName();
    }

    void set(Object target, @CheckForNull Object value) throws Exception {
        try {
            if (setter instanceof Field field) {
                field.set(target, value);
            } else if (setter instanceof Method method) {
                method.invoke(target, value);
            }
        } catch (InvocationTargetException x) {
            if (x.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw x;
        }
    }

    static Class<?> erase(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof WildcardType wildcard) {
            return erase(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        return Object.class;
    }
}
