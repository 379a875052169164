package io.jenkins.mlops.json;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes values as the one JSON text that stands for them, so that it can be hashed.
 *
 * <p>Keys are sorted by UTF-16 units; there is no white space; strings escape {@code "}, {@code \} and the characters
 * below U+0020 only (the short forms where JSON has one, else {@code \}{@code u00xx} in lower case); whole numbers are
 * written plainly; other numbers as {@link Double#toString(double)} does; NaN and the infinities are the strings
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}, as in MLflow. Null members of an object are left out, null
 * elements of a list are {@code null}. Everything else ({@code enum}, identifiers) is its {@code toString()} as a string.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The canonical text of a map, a collection, a string, a number, a boolean, an enum or null. */
    public static String write(@CheckForNull Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, @CheckForNull Object value) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Map<?, ?> map) {
            object(out, map);
        } else if (value instanceof Collection<?> list) {
            array(out, list);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            number(out, ((Number) value).doubleValue());
        } else if (value instanceof Number) {
            out.append(value);
        } else {
            string(out, value.toString());
        }
    }

    private static void object(StringBuilder out, Map<?, ?> map) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, member) -> {
            if (member != null) {
                sorted.put(key.toString(), member);
            }
        });
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            string(out, member.getKey());
            out.append(':');
            append(out, member.getValue());
        }
        out.append('}');
    }

    private static void array(StringBuilder out, Collection<?> list) {
        out.append('[');
        boolean first = true;
        for (Object element : list) {
            if (!first) {
                out.append(',');
            }
            first = false;
            append(out, element);
        }
        out.append(']');
    }

    private static void number(StringBuilder out, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(out, Double.toString(value));
        } else {
            out.append(value);
        }
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
