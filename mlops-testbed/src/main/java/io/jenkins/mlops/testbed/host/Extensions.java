package io.jenkins.mlops.testbed.host;

import hudson.Extension;
import hudson.ExtensionComponent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jvnet.hudson.test.TestExtension;

/** Finds the extensions on the class path by their SezPoz index; one instance of each per {@link Jenkins}. */
public final class Extensions {
    private static final Logger LOGGER = Logger.getLogger(Extensions.class.getName());
    private static final Map<Jenkins, Extensions> BY_JENKINS = Collections.synchronizedMap(new WeakHashMap<>());
    private static volatile Predicate<IndexItem<TestExtension, Object>> testFilter = item -> false;

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Extensions() {
        ClassLoader loader = loader();
        for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
            Extension a = item.annotation();
            entries.putIfAbsent(key(item), new Entry(item, a.ordinal(), a.optional()));
        }
        for (IndexItem<TestExtension, Object> item : Index.load(TestExtension.class, Object.class, loader)) {
            if (testFilter.test(item)) {
                entries.putIfAbsent(key(item), new Entry(item, 0, false));
            }
        }
    }

    /** The extensions of that controller. */
    public static Extensions of(Jenkins jenkins) {
        return BY_JENKINS.computeIfAbsent(jenkins, j -> new Extensions());
    }

    /** Says which extensions of test classes take part from the next start on. */
    public static void testExtensions(Predicate<IndexItem<TestExtension, Object>> filter) {
        testFilter = filter;
    }

    /** The class loader that sees the plugins. */
    public static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : Extensions.class.getClassLoader();
    }

    /** All extensions of a type, not sorted; those that fail to load are logged and left out. */
    public <T> List<ExtensionComponent<T>> find(Class<T> type) {
        List<ExtensionComponent<T>> found = new ArrayList<>();
        for (Entry e : entries.values()) {
            Object instance = e.instanceOf(type);
            if (instance != null) {
                found.add(new ExtensionComponent<>(type.cast(instance), e.ordinal));
            }
        }
        return found;
    }

    private static String key(IndexItem<?, ?> item) {
        return item.className() + "#" + item.memberName();
    }

    private static final class Entry {
        private final IndexItem<?, Object> item;
        private final double ordinal;
        private final boolean optional;
        private Object instance;
        private boolean failed;

        Entry(IndexItem<?, Object> item, double ordinal, boolean optional) {
            this.item = item;
            this.ordinal = ordinal;
            this.optional = optional;
        }

        synchronized Object instanceOf(Class<?> type) {
            if (failed) {
                return null;
            }
            try {
                if (instance != null) {
                    return type.isInstance(instance) ? instance : null;
                }
                AnnotatedElement element = item.element();
                if (!type.isAssignableFrom(typeOf(element))) {
                    return null;
                }
                instance = make(element);
                return instance;
            } catch (LinkageError | Exception x) {
                failed = true;
                LOGGER.log(optional ? Level.FINE : Level.WARNING, "Failed to load extension " + key(item), x);
                return null;
            }
        }

        private static Class<?> typeOf(AnnotatedElement element) {
            if (element instanceof Class<?> c) {
                return c;
            }
            return element instanceof Method m ? m.getReturnType() : ((Field) element).getType();
        }

        private static Object make(AnnotatedElement element) throws ReflectiveOperationException {
            try {
                if (element instanceof Class<?> c) {
                    Constructor<?> constructor = c.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    return constructor.newInstance();
                }
                return element instanceof Method m ? m.invoke(null) : ((Field) element).get(null);
            } catch (InvocationTargetException x) {
                if (x.getCause() instanceof Error e) {
                    throw e;
                }
                throw x;
            }
        }
    }
}
