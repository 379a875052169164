package io.jenkins.mlops.data.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The distinct values of one text column, in the order of their first appearance; for one thread at a time. */
final class TextDictionary {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> values = new ArrayList<>();

    /** The code of a value, which is added when it is new. */
    int code(String value) {
        Integer known = codes.putIfAbsent(value, values.size());
        if (known != null) {
            return known;
        }
        values.add(value);
        return values.size() - 1;
    }

    int size() {
        return values.size();
    }

    List<String> values() {
        return values;
    }
}
