package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.TableSample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One row of a log: names and values, as the file has them. */
final class LogRow {
    private final List<String> names = new ArrayList<>();

    /** Bytes for an untyped cell of a CSV file; else String, Double, Long or Boolean. */
    private final List<Object> values = new ArrayList<>();

    private long offset;
    private boolean continues;

    void clear(long itsOffset) {
        names.clear();
        values.clear();
        offset = itsOffset;
        continues = false;
    }

    /** Says that it is not the first row of its record: rows of one record have one place, and stay in one window. */
    void continues() {
        continues = true;
    }

    void put(String name, Object value) {
        names.add(name);
        values.add(value);
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    Object value(int index) {
        return values.get(index);
    }

    /**
     * The turn of the row, where windows are of so many rows.
     *
     * @param next the turn of the next row
     * @return {@code next}, or the turn before it where the rows of a record would else be in two windows
     */
    long turn(long next, long windowRows) {
        return continues && next % windowRows == 0 ? next - 1 : next;
    }

    /** Where it begins. */
    long offset() {
        return offset;
    }

    /** A value as text; null when it is missing. */
    @CheckForNull
    String text(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(name)) {
                Object value = values.get(i);
                String text = value instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : value.toString();
                return text.isEmpty() ? null : text;
            }
        }
        return null;
    }

    /** Gives its values to a digest. */
    void into(RowDigest digest) {
        digest.begin(names.size());
        for (int i = 0; i < names.size(); i++) {
            digest.value(names.get(i), values.get(i));
        }
    }

    /**
     * Gives its values to a sample, which takes so many columns at most, over all rows: each row may have others.
     *
     * @return the first column that it doesn't take; null when it takes all
     */
    @CheckForNull
    String into(TableSample sample, int columns) {
        String left = null;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Object value = values.get(i);
            if (!sample.has(name)
                    && (name.length() > Expect.NAME || sample.columns().size() >= columns)) {
                left = left == null ? name : left;
            } else if (value instanceof byte[] raw) {
                sample.cell(name, raw);
            } else if (value instanceof Long whole) {
                sample.number(name, whole, true);
            } else if (value instanceof Double number) {
                sample.number(name, number, false);
            } else if (value instanceof Boolean truth) {
                sample.bool(name, truth);
            } else {
                sample.text(name, value.toString());
            }
        }
        sample.endRow();
        return left;
    }
}
