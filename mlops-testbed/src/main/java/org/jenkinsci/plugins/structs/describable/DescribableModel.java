package org.jenkinsci.plugins.structs.describable;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import groovy.lang.GString;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.util.Secret;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Logger;
import org.codehaus.groovy.reflection.ReflectionCache;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What arguments a data-bound class takes, and how it is made of them. */
public final class DescribableModel<T> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DescribableModel.class.getName());

    public static final String CLAZZ = "$class";

    @SuppressWarnings("MS_SHOULD_BE_FINAL")
    public static boolean STRICT_PARAMETER_CHECKING;

    private final Class<T> type;
    private transient Constructor<T> constructor;
    private transient Map<String, DescribableParameter> parameters;
    private transient List<DescribableParameter> constructorParameters;

    public static <T> DescribableModel<T> of(Class<T> clazz) {
        return new DescribableModel<>(clazz);
    }

    public DescribableModel(Class<T> clazz) {
        this.type = clazz;
        load();
    }

    private Object readResolve() {
        load();
        return this;
    }

    private void load() {
        parameters = new LinkedHashMap<>();
        constructor = findConstructor();
        String[] names = parameterNames(constructor);
        Type[] types = constructor.getGenericParameterTypes();
        for (int i = 0; i < names.length; i++) {
            parameters.put(names[i], new DescribableParameter(names[i], types[i], null));
        }
        // A setter of the same name, such as that of a parameter's description, takes none away from the constructor.
        constructorParameters = List.copyOf(parameters.values());
        Map<String, DescribableParameter> optional = new TreeMap<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(DataBoundSetter.class)) {
                    optional.put(
                            field.getName(), new DescribableParameter(field.getName(), field.getGenericType(), field));
                }
            }
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class) && !method.isBridge()) {
                    if (!method.getName().startsWith("set") || method.getParameterCount() != 1) {
                        throw new IllegalStateException(method + " cannot be a @DataBoundSetter");
                    }
                    String name = Introspector.decapitalize(method.getName().substring(3));
                    optional.put(name, new DescribableParameter(name, method.getGenericParameterTypes()[0], method));
                }
            }
        }
        parameters.putAll(optional);
    }

    @SuppressWarnings("unchecked")
    private Constructor<T> findConstructor() {
        for (Constructor<?> c : type.getConstructors()) {
            if (c.isAnnotationPresent(DataBoundConstructor.class)) {
                return (Constructor<T>) c;
            }
        }
        throw new IllegalArgumentException("There's no @DataBoundConstructor on any constructor of " + type);
    }

    private String[] parameterNames(Constructor<T> c) {
        Parameter[] declared = c.getParameters();
        if (Arrays.stream(declared).allMatch(Parameter::isNamePresent)) {
            return Arrays.stream(declared).map(Parameter::getName).toArray(String[]::new);
        }
        String resource = type.getName().replace('.', '/') + ".stapler";
        try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                String names = properties.getProperty("constructor", "").trim();
                return names.isEmpty() ? new String[0] : names.split(",");
            }
        } catch (IOException x) {
            throw new IllegalStateException(resource, x);
        }
        throw new IllegalArgumentException(type + " was compiled without the names of its constructor's parameters");
    }

    public Class<T> getType() {
        return type;
    }

    public Collection<DescribableParameter> getParameters() {
        return Collections.unmodifiableCollection(parameters.values());
    }

    public DescribableParameter getParameter(String name) {
        return parameters.get(name);
    }

    @CheckForNull
    public DescribableParameter getSoleRequiredParameter() {
        List<DescribableParameter> required = parameters.values().stream()
                .filter(DescribableParameter::isRequired)
                .toList();
        return required.size() == 1 ? required.get(0) : null;
    }

    /** Makes an object; arguments that the class does not take are named in a warning on {@code listener}. */
    public T instantiate(Map<String, ?> arguments, @CheckForNull TaskListener listener)
            throws IllegalArgumentException {
        Map<String, ?> named = nameSoleArgument(arguments);
        TreeSet<String> unknown = new TreeSet<>(named.keySet());
        unknown.removeAll(parameters.keySet());
        if (!unknown.isEmpty()) {
            String message = "WARNING: Unknown parameter(s) found for class type '" + type.getName() + "': "
                    + String.join(",", unknown);
            if (STRICT_PARAMETER_CHECKING) {
                throw new IllegalArgumentException(message);
            } else if (listener == null) {
                LOGGER.warning(message);
            } else {
                listener.getLogger().println(message);
            }
        }
        try {
            T object = constructor.newInstance(constructorArguments(named, listener));
            for (DescribableParameter parameter : parameters.values()) {
                if (!parameter.isRequired() && named.containsKey(parameter.getName())) {
                    Object value = named.get(parameter.getName());
                    String context = type.getName() + "." + parameter.getName();
                    parameter.set(object, coerce(context, parameter.getRawType(), value, listener));
                }
            }
            return object;
        } catch (Exception x) {
            Throwable cause = x instanceof InvocationTargetException && x.getCause() != null ? x.getCause() : x;
            String shown = named.values().stream().anyMatch(Secret.class::isInstance) ? "arguments" : named.toString();
            throw new IllegalArgumentException(
                    "Could not instantiate " + shown + " for " + type.getName() + ": " + cause, cause);
        }
    }

    private Map<String, ?> nameSoleArgument(Map<String, ?> arguments) {
        if (!arguments.containsKey(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            return arguments;
        }
        DescribableParameter sole = getSoleRequiredParameter();
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(
                    "All arguments have to be named but it has " + UninstantiatedDescribable.ANONYMOUS_KEY);
        }
        if (sole == null) {
            throw new IllegalArgumentException("Arguments to " + type + " have to be explicitly named");
        }
        return Collections.singletonMap(sole.getName(), arguments.get(UninstantiatedDescribable.ANONYMOUS_KEY));
    }

    private Object[] constructorArguments(Map<String, ?> named, @CheckForNull TaskListener listener) throws Exception {
        List<Object> values = new ArrayList<>();
        for (DescribableParameter parameter : constructorParameters) {
            Object value = named.get(parameter.getName());
            Class<?> erased = parameter.getErasedType();
            if (value != null) {
                values.add(coerce(type.getName() + "." + parameter.getName(), parameter.getRawType(), value, listener));
            } else {
                values.add(erased.isPrimitive() ? Array.get(Array.newInstance(erased, 1), 0) : null);
            }
        }
        return values.toArray();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable
    private static Object coerce(String context, Type type, @Nullable Object o, @CheckForNull TaskListener listener)
            throws Exception {
        Class erased = DescribableParameter.erase(type);
        Class boxed = MethodType.methodType(erased).wrap().returnType();
        Object value =
                type instanceof Class ? ReflectionCache.getCachedClass(erased).coerceArgument(o) : o;
        if (value instanceof GString) {
            value = value.toString();
        }
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(erased)) {
            List<Object> items = coerceAll(context, elementType(type), list, listener);
            return java.util.Set.class.isAssignableFrom(erased) ? new java.util.LinkedHashSet<>(items) : items;
        } else if (boxed.isInstance(value)) {
            return value;
        } else if (value == null) {
            return null;
        } else if (value instanceof UninstantiatedDescribable describable) {
            return describable.instantiate(erased, listener);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            map.forEach((key, item) -> arguments.put(String.valueOf(key), item));
            Class<?> resolved = resolveClass(erased, (String) arguments.remove(CLAZZ), null);
            return new DescribableModel<>(resolved).instantiate(arguments, listener);
        } else if (value instanceof List<?> list && erased.isArray()) {
            List<Object> items = coerceAll(context, erased.getComponentType(), list, listener);
            Object array = Array.newInstance(erased.getComponentType(), items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, items.get(i));
            }
            return array;
        } else if (value instanceof String text) {
            return coerceText(context, type, erased, boxed, text);
        }
        throw new ClassCastException(context + " expects " + type + " but received " + value.getClass());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object coerceText(String context, Type type, Class erased, Class boxed, String text)
            throws Exception {
        if (erased.isEnum()) {
            return Enum.valueOf(erased, text);
        } else if (erased == URL.class) {
            return new URL(text);
        } else if (erased == Result.class) {
            return Result.fromString(text);
        } else if (boxed == Character.class && text.length() == 1) {
            return text.charAt(0);
        } else if (boxed == Boolean.class) {
            return Boolean.valueOf(text);
        } else if (Number.class.isAssignableFrom(boxed)
                && boxed.getPackageName().equals("java.lang")) {
            try {
                return boxed.getMethod("valueOf", String.class).invoke(null, text);
            } catch (InvocationTargetException x) {
                throw new ClassCastException(context + " expects " + boxed
                        + " but was unable to coerce the received value \"" + text + "\" to that type");
            }
        }
        throw new ClassCastException(context + " expects " + type + " but received " + String.class);
    }

    private static List<Object> coerceAll(
            String context, Type elementType, List<?> list, @CheckForNull TaskListener listener) throws Exception {
        List<Object> items = new ArrayList<>();
        for (Object item : list) {
            items.add(coerce(context, elementType, item, listener));
        }
        return items;
    }

    private static Type elementType(Type type) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    static Class<?> resolveClass(Class<?> base, @Nullable String name, @Nullable String symbol)
            throws ClassNotFoundException {
        if (name != null && name.contains(".")) {
            return Class.forName(name, true, DescribableModel.class.getClassLoader());
        }
        if (name != null) {
            Class<?> found = null;
            for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
                Class<?> candidate = descriptor.clazz;
                if (base.isAssignableFrom(candidate)
                        && candidate.getSimpleName().equals(name)) {
                    if (found != null && found != candidate) {
                        throw new UnsupportedOperationException(name + " as a " + base + " could mean either "
                                + found.getName() + " or " + candidate.getName());
                    }
                    found = candidate;
                }
            }
            if (found == null) {
                throw new UnsupportedOperationException("no known implementation of " + base + " is named " + name);
            }
            return found;
        }
        if (symbol != null) {
            Descriptor<?> descriptor = SymbolLookup.get().findDescriptor(base, symbol);
            if (descriptor == null) {
                throw new UnsupportedOperationException(
                        "no known implementation of " + base + " is using symbol ‘" + symbol + "’");
            }
            return descriptor.clazz;
        }
        if (Modifier.isAbstract(base.getModifiers())) {
            throw new UnsupportedOperationException("must specify " + CLAZZ + " with an implementation of " + base);
        }
        return base;
    }

    @Override
    public String toString() {
        return "DescribableModel[" + type + "]" + parameters.values();
    }
}
