package io.jenkins.mlops.testbed.host;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.Secret;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.NoStaplerConstructorException;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes objects from form data by {@code @DataBoundConstructor} and {@code @DataBoundSetter}. */
public final class DataBinder {
    private final StaplerRequest2 request;

    public DataBinder(StaplerRequest2 request) {
        this.request = request;
    }

    /** Makes an object of a class from a form's part. */
    public <T> T instantiate(Class<T> type, JSONObject src) {
        Constructor<T> constructor = constructorOf(type);
        Parameter[] parameters = constructor.getParameters();
        Object[] args = new Object[parameters.length];
        Set<String> used = new LinkedHashSet<>();
        for (int i = 0; i < args.length; i++) {
            used.add(parameters[i].getName());
            args[i] = convert(src.opt(parameters[i].getName()), parameters[i].getParameterizedType());
        }
        T made;
        try {
            constructor.setAccessible(true);
            made = constructor.newInstance(args);
        } catch (InvocationTargetException e) {
            throw rethrown(e.getCause(), "Failed to instantiate " + type + " from " + src);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalArgumentException("Failed to instantiate " + type + " from " + src, e);
        }
        inject(made, src, used, true);
        return made;
    }

    /** Sets an object's properties from a form's part. */
    public void injectAll(Object bean, JSONObject src) {
        inject(bean, src, Set.of(), false);
    }

    /** The constructor that takes data. */
    @SuppressWarnings("unchecked")
    public static <T> Constructor<T> constructorOf(Class<T> type) {
        for (Constructor<?> c : type.getDeclaredConstructors()) {
            if (c.isAnnotationPresent(DataBoundConstructor.class)) {
                return (Constructor<T>) c;
            }
        }
        throw new NoStaplerConstructorException("There's no @DataBoundConstructor on any constructor of " + type);
    }

    private void inject(Object bean, JSONObject src, Set<String> used, boolean onlyAnnotated) {
        for (Object key : src.keySet()) {
            String name = (String) key;
            if (used.contains(name)) {
                continue;
            }
            Method setter = setterOf(bean.getClass(), name, onlyAnnotated);
            try {
                if (setter != null) {
                    setter.setAccessible(true);
                    setter.invoke(bean, convert(src.get(name), setter.getGenericParameterTypes()[0]));
                    continue;
                }
                Field field = fieldOf(bean.getClass(), name);
                if (field != null) {
                    field.setAccessible(true);
                    field.set(bean, convert(src.get(name), field.getGenericType()));
                }
            } catch (InvocationTargetException e) {
                throw rethrown(e.getCause(), "Failed to set " + name + " of " + bean.getClass());
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("Failed to set " + name + " of " + bean.getClass(), e);
            }
        }
    }

    private static RuntimeException rethrown(Throwable cause, String message) {
        return cause instanceof RuntimeException r && !(cause instanceof IllegalArgumentException)
                ? r
                : new IllegalArgumentException(message + ": " + cause.getMessage(), cause);
    }

    private static Method setterOf(Class<?> type, String name, boolean onlyAnnotated) {
        String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Method m : c.getDeclaredMethods()) {
                boolean open = m.isAnnotationPresent(DataBoundSetter.class)
                        || !onlyAnnotated && java.lang.reflect.Modifier.isPublic(m.getModifiers());
                if (m.getName().equals(setter) && m.getParameterCount() == 1 && !m.isBridge() && open) {
                    return m;
                }
            }
        }
        return null;
    }

    private static Field fieldOf(Class<?> type, String name) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field f : c.getDeclaredFields()) {
                if (f.getName().equals(name) && f.isAnnotationPresent(DataBoundSetter.class)) {
                    return f;
                }
            }
        }
        return null;
    }

    /** A value of a form as a value of a Java type. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Object convert(Object json, Type type) {
        Class<?> erasure = erasure(type);
        if (json == null || json instanceof JSONNull || json instanceof JSONObject o && o.isNullObject()) {
            return erasure.isPrimitive() ? Array.get(Array.newInstance(erasure, 1), 0) : null;
        }
        if (Collection.class.isAssignableFrom(erasure) && erasure.isAssignableFrom(ArrayList.class)) {
            return list(json, elementType(type));
        }
        if (erasure == Set.class) {
            return new LinkedHashSet<>(list(json, elementType(type)));
        }
        if (erasure.isArray()) {
            List<Object> members = list(json, erasure.getComponentType());
            Object array = Array.newInstance(erasure.getComponentType(), members.size());
            for (int i = 0; i < members.size(); i++) {
                Array.set(array, i, members.get(i));
            }
            return array;
        }
        if (erasure == JSONObject.class || erasure == Object.class || erasure == Map.class) {
            return json;
        }
        if (json instanceof JSONObject o) {
            return bind(erasure, o);
        }
        return scalar(json, erasure);
    }

    private static Object scalar(Object json, Class<?> erasure) {
        if (erasure.isInstance(json)) {
            return json;
        }
        String text = json.toString();
        if (erasure == String.class) {
            return text;
        }
        if (erasure == boolean.class || erasure == Boolean.class) {
            return Boolean.parseBoolean(text) || text.equals("on");
        }
        if (erasure == Secret.class) {
            return Secret.fromString(text);
        }
        String trimmed = text.trim();
        if (erasure.isEnum()) {
            for (Object constant : erasure.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(trimmed)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(trimmed + " is no " + erasure.getSimpleName());
        }
        if (trimmed.isEmpty() && !erasure.isPrimitive()) {
            return null;
        }
        if (erasure == int.class || erasure == Integer.class) {
            return Integer.valueOf(trimmed);
        }
        if (erasure == long.class || erasure == Long.class) {
            return Long.valueOf(trimmed);
        }
        if (erasure == double.class || erasure == Double.class) {
            return Double.valueOf(trimmed);
        }
        if (erasure == float.class || erasure == Float.class) {
            return Float.valueOf(trimmed);
        }
        if (erasure == java.net.URL.class) {
            try {
                return new java.net.URL(trimmed);
            } catch (java.net.MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }
        throw new IllegalArgumentException("Unable to convert " + json + " to " + erasure);
    }

    private List<Object> list(Object json, Type element) {
        List<Object> members = new ArrayList<>();
        if (json instanceof Collection<?> c) {
            c.forEach(each -> members.add(convert(each, element)));
        } else {
            members.add(convert(json, element));
        }
        return members;
    }

    /** Makes an object of the class that the data names, or of the given one. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public <T> T bind(Class<T> type, JSONObject src) {
        String named = src.optString("$class", src.optString("stapler-class", ""));
        Class<?> actual = type;
        if (!named.isEmpty()) {
            try {
                actual = Class.forName(named, true, Extensions.loader());
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException("Class " + named + " is specified in JSON, but no such class", e);
            }
            if (!type.isAssignableFrom(actual)) {
                throw new IllegalArgumentException(named + " is no " + type.getName());
            }
        }
        Descriptor d = Describable.class.isAssignableFrom(actual) && Jenkins.getInstanceOrNull() != null
                ? Jenkins.get().getDescriptor((Class<? extends Describable>) actual)
                : null;
        try {
            return type.cast(
                    d != null && overridesNewInstance(d) ? d.newInstance(request, src) : instantiate(actual, src));
        } catch (Descriptor.FormException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static boolean overridesNewInstance(Descriptor<?> d) {
        try {
            return d.getClass()
                            .getMethod("newInstance", StaplerRequest2.class, JSONObject.class)
                            .getDeclaringClass()
                    != Descriptor.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Type elementType(Type type) {
        return type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Object.class;
    }

    /** The class behind a type. */
    public static Class<?> erasure(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType p) {
            return erasure(p.getRawType());
        }
        if (type instanceof WildcardType w) {
            return erasure(w.getUpperBounds()[0]);
        }
        if (type instanceof TypeVariable<?> v) {
            return erasure(v.getBounds()[0]);
        }
        return Array.newInstance(erasure(((GenericArrayType) type).getGenericComponentType()), 0)
                .getClass();
    }
}
