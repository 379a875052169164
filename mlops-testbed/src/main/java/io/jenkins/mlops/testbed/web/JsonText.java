package io.jenkins.mlops.testbed.web;

import java.util.Map;

/** Writes maps, lists and scalars as JSON. */
final class JsonText {
    private JsonText() {}

    static void write(StringBuilder b, Object v) {
        if (v == null || v instanceof Number || v instanceof Boolean) {
            b.append(v);
        } else if (v instanceof Map<?, ?> map) {
            char sep = '{';
            for (Map.Entry<?, ?> e : map.entrySet()) {
                b.append(sep);
                quote(b, String.valueOf(e.getKey()));
                b.append(':');
                write(b, e.getValue());
                sep = ',';
            }
            b.append(map.isEmpty() ? "{}" : "}");
        } else if (v instanceof Iterable<?> list) {
            b.append('[');
            String sep = "";
            for (Object each : list) {
                b.append(sep);
                write(b, each);
                sep = ",";
            }
            b.append(']');
        } else {
            quote(b, v.toString());
        }
    }

    private static void quote(StringBuilder b, String s) {
        b.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            switch (c) {
                case '"' -> b.append("\\\"");
                case '\\' -> b.append("\\\\");
                case '\n' -> b.append("\\n");
                case '\r' -> b.append("\\r");
                case '\t' -> b.append("\\t");
                case '<' -> b.append("\\u003C");
                default -> {
                    if (c < 0x20) {
                        b.append(String.format("\\u%04x", (int) c));
                    } else {
                        b.append(c);
                    }
                }
            }
        }
        b.append('"');
    }
}
