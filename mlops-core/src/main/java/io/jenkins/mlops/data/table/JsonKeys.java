package io.jenkins.mlops.data.table;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys of a JSON Lines file and the columns they stand for, shared by all threads.
 *
 * <p>With a request the columns are fixed and other keys are passed over; without, each new key is a new column.
 */
final class JsonKeys {
    /** How many different keys are remembered to be listed in an error. */
    private static final int REMEMBERED = 200;

    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<String> others = new LinkedHashSet<>();
    private final boolean open;
    private final int maxColumns;
    private boolean[] present;

    JsonKeys(@CheckForNull List<ColumnRequest> requests, int maxColumns) {
        this.open = requests == null;
        this.maxColumns = maxColumns;
        if (requests != null) {
            for (ColumnRequest request : requests) {
                columns.put(request.name(), names.size());
                names.add(request.name());
            }
        }
        present = new boolean[names.size()];
    }

    /** Makes columns of keys in their order. */
    synchronized void add(List<String> first) {
        for (String name : first) {
            columns.put(name, names.size());
            names.add(name);
        }
    }

    /** A key as its bytes and as text, with the column it stands for or -1. */
    record Key(byte[] utf8, String name, int column) {
        boolean is(byte[] buffer, int from, int to) {
            return Arrays.equals(utf8, 0, utf8.length, buffer, from, to);
        }
    }

    synchronized Key key(byte[] utf8) throws BadCellException {
        String name = new String(utf8, StandardCharsets.UTF_8);
        Integer column = columns.get(name);
        if (column == null && open) {
            column = names.size();
            if (column >= maxColumns) {
                throw new BadCellException(
                        "expected at most " + maxColumns + " different keys (limit maxColumns), found more.");
            }
            columns.put(name, column);
            names.add(name);
        }
        if (column == null) {
            if (others.size() < REMEMBERED) {
                others.add(name);
            }
            return new Key(utf8, name, -1);
        }
        if (present.length <= column) {
            present = Arrays.copyOf(present, 2 * column + 8);
        }
        present[column] = true;
        return new Key(utf8, name, column);
    }

    synchronized List<String> names() {
        return new ArrayList<>(names);
    }

    /** The first requested key that no object had, or null. */
    @CheckForNull
    synchronized String firstAbsent() {
        for (int i = 0; i < names.size(); i++) {
            if (i >= present.length || !present[i]) {
                return names.get(i);
            }
        }
        return null;
    }

    /** All keys that occurred, as far as remembered. */
    synchronized List<String> occurring() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (i < present.length && present[i]) {
                all.add(names.get(i));
            }
        }
        all.addAll(others);
        return all;
    }
}
