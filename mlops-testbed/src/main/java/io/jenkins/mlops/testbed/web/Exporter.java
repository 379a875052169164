package io.jenkins.mlops.testbed.web;

import java.beans.Introspector;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.CustomExportedBean;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Turns {@link ExportedBean}s into JSON and XML, pruned by {@code tree} or {@code depth}. */
final class Exporter {
    private final Tree tree;
    private final int depth;

    Exporter(String tree, int depth) {
        this.tree = tree == null ? null : Tree.parse(tree);
        this.depth = depth;
    }

    String json(Object bean) {
        StringBuilder b = new StringBuilder();
        JsonText.write(b, top(bean));
        return b.toString();
    }

    String xml(Object bean) {
        StringBuilder b = new StringBuilder();
        String name = Introspector.decapitalize(bean.getClass().getSimpleName());
        Xml.write(b, name.isEmpty() ? "object" : name, top(bean));
        return b.toString();
    }

    private Map<String, Object> top(Object bean) {
        if (!bean.getClass().isAnnotationPresent(ExportedBean.class)) {
            throw HttpResponses.errorWithoutStack(404, bean.getClass() + " doesn't have @ExportedBean");
        }
        Map<String, Object> o = new LinkedHashMap<>();
        o.put("_class", bean.getClass().getName());
        write(o, bean, tree, 1 - depth);
        return o;
    }

    private void write(Map<String, Object> out, Object bean, Tree t, int visibility) {
        for (Property p : properties(bean.getClass())) {
            Tree below = t == null ? null : t.child(p.name);
            if (t == null ? p.visibility < visibility : below == null) {
                continue;
            }
            Object value = p.get(bean);
            if (value == null && p.exported.skipNull()) {
                continue;
            }
            if (p.exported.merge() && value != null) {
                write(out, value, t, visibility);
            } else {
                out.put(p.name, value(value, below, p.exported.inline() ? visibility : visibility + 1));
            }
        }
    }

    private Object value(Object v, Tree t, int visibility) {
        if (v == null) {
            return null;
        }
        if (v instanceof CustomExportedBean c) {
            return value(c.toExportedObject(), t, visibility);
        }
        if (v instanceof Double d && (d.isNaN() || d.isInfinite())) {
            return d.toString();
        }
        if (v instanceof Number || v instanceof Boolean) {
            return v;
        }
        if (v instanceof Date d) {
            return d.getTime();
        }
        if (v instanceof Calendar c) {
            return c.getTimeInMillis();
        }
        if (v instanceof Map<?, ?> map) {
            Map<String, Object> o = new LinkedHashMap<>();
            map.forEach((k, each) -> o.put(String.valueOf(k), value(each, t, visibility)));
            return o;
        }
        if (v instanceof Iterable<?> all) {
            List<Object> a = new ArrayList<>();
            int n = 0;
            for (Object each : all) {
                if (t == null || t.in(n++)) {
                    a.add(value(each, t, visibility));
                }
            }
            return a;
        }
        if (v.getClass().isArray()) {
            List<Object> a = new ArrayList<>();
            for (int i = 0; i < Array.getLength(v); i++) {
                a.add(value(Array.get(v, i), t, visibility));
            }
            return a;
        }
        if (v.getClass().isAnnotationPresent(ExportedBean.class)) {
            Map<String, Object> o = new LinkedHashMap<>();
            o.put("_class", v.getClass().getName());
            write(o, v, t, visibility);
            return o;
        }
        return v.toString();
    }

    private static List<Property> properties(Class<?> c) {
        Map<String, Property> found = new TreeMap<>();
        collect(c, found, c.getAnnotation(ExportedBean.class));
        return List.copyOf(found.values());
    }

    private static void collect(Class<?> c, Map<String, Property> found, ExportedBean bean) {
        if (c == null || c == Object.class) {
            return;
        }
        for (AnnotatedElement e : elements(c)) {
            Exported x = e.getAnnotation(Exported.class);
            if (x != null) {
                Property p = new Property(e, x, bean == null ? 1 : bean.defaultVisibility());
                found.putIfAbsent(p.name, p);
            }
        }
        collect(c.getSuperclass(), found, bean);
        for (Class<?> i : c.getInterfaces()) {
            collect(i, found, bean);
        }
    }

    private static List<AnnotatedElement> elements(Class<?> c) {
        List<AnnotatedElement> all = new ArrayList<>(Arrays.asList(c.getDeclaredFields()));
        Arrays.stream(c.getDeclaredMethods()).filter(m -> !m.isBridge()).forEach(all::add);
        return all;
    }

    private static final class Property {
        private final AnnotatedElement element;
        private final Exported exported;
        private final String name;
        private final int visibility;

        Property(AnnotatedElement element, Exported exported, int byDefault) {
            this.element = element;
            this.exported = exported;
            this.visibility = exported.visibility() == 0 ? byDefault : exported.visibility();
            this.name = exported.name().isEmpty() ? nameOf(element) : exported.name();
        }

        private static String nameOf(AnnotatedElement e) {
            String n = e instanceof Method m ? m.getName() : ((Field) e).getName();
            if (e instanceof Method) {
                n = n.startsWith("get") && n.length() > 3 ? n.substring(3) : n;
                n = n.startsWith("is") && n.length() > 2 ? n.substring(2) : n;
                n = Introspector.decapitalize(n);
            }
            return n;
        }

        Object get(Object bean) {
            try {
                if (element instanceof Method m) {
                    m.setAccessible(true);
                    return m.invoke(bean);
                }
                ((Field) element).setAccessible(true);
                return ((Field) element).get(bean);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException r) {
                    throw r;
                }
                throw new IllegalStateException(element.toString(), e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The {@code tree} parameter: names with braces and ranges. */
    private static final class Tree {
        private final Map<String, Tree> children = new LinkedHashMap<>();
        private int from;
        private int to = Integer.MAX_VALUE;

        static Tree parse(String text) {
            int[] at = {0};
            Tree t = new Tree();
            t.read(text, at);
            if (at[0] < text.length()) {
                throw HttpResponses.errorWithoutStack(400, "Unbalanced tree: " + text);
            }
            return t;
        }

        private void read(String s, int[] at) {
            while (at[0] < s.length() && s.charAt(at[0]) != ']') {
                int start = at[0];
                while (at[0] < s.length() && ",[]{".indexOf(s.charAt(at[0])) < 0) {
                    at[0]++;
                }
                Tree child = new Tree();
                children.put(s.substring(start, at[0]).trim(), child);
                if (at[0] < s.length() && s.charAt(at[0]) == '[') {
                    at[0]++;
                    child.read(s, at);
                    at[0]++;
                }
                if (at[0] < s.length() && s.charAt(at[0]) == '{') {
                    int close = s.indexOf('}', at[0]);
                    child.range(s.substring(at[0] + 1, close < 0 ? s.length() : close));
                    at[0] = close < 0 ? s.length() : close + 1;
                }
                if (at[0] < s.length() && s.charAt(at[0]) == ',') {
                    at[0]++;
                }
            }
        }

        private void range(String text) {
            String[] ends = text.split(",", -1);
            try {
                from = ends[0].isBlank() ? 0 : Integer.parseInt(ends[0].trim());
                to = ends.length == 1
                        ? from + 1
                        : ends[1].isBlank() ? Integer.MAX_VALUE : Integer.parseInt(ends[1].trim());
            } catch (NumberFormatException e) {
                throw HttpResponses.errorWithoutStack(400, "Invalid range: " + text);
            }
        }

        boolean in(int n) {
            return n >= from && n < to;
        }

        Tree child(String name) {
            Tree t = children.get(name);
            return t != null ? t : children.get("*");
        }
    }

    private static final class Xml {
        static void write(StringBuilder b, String name, Object value) {
            if (value instanceof List<?> a) {
                a.forEach(each -> write(b, name, each));
            } else if (value instanceof Map<?, ?> o) {
                b.append('<').append(name);
                if (o.containsKey("_class")) {
                    b.append(" _class='")
                            .append(escape((String) o.get("_class")))
                            .append('\'');
                }
                b.append('>');
                o.forEach((key, each) -> {
                    if (!key.equals("_class")) {
                        write(b, (String) key, each);
                    }
                });
                b.append("</").append(name).append('>');
            } else if (value != null) {
                b.append('<').append(name).append('>').append(escape(value.toString()));
                b.append("</").append(name).append('>');
            }
        }

        private static String escape(String s) {
            return s.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("'", "&apos;");
        }
    }
}
