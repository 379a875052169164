package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads one record of delimited text (RFC 4180) into a row, by the names of the header. */
final class CsvLine {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};

    private final byte delimiter;
    private final List<String> names;

    private CsvLine(byte delimiter, List<String> names) {
        this.delimiter = delimiter;
        this.names = names;
    }

    /**
     * Takes the header.
     *
     * @return null when it is none: empty, or with a name twice
     */
    @CheckForNull
    static CsvLine ofHeader(byte[] line, int length) {
        byte delimiter = DELIMITERS[0];
        int most = 0;
        for (byte candidate : DELIMITERS) {
            int count = 0;
            for (int i = 0; i < length; i++) {
                count += line[i] == candidate ? 1 : 0;
            }
            if (count > most) {
                most = count;
                delimiter = candidate;
            }
        }
        List<String> names = new ArrayList<>();
        CsvLine header = new CsvLine(delimiter, names);
        int start = length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB ? 3 : 0;
        List<Object> cells = cells(line, start, length, delimiter);
        if (cells == null) {
            return null;
        }
        for (Object cell : cells) {
            String name = cell instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : cell.toString();
            if (name.isBlank() || names.contains(name)) {
                return null;
            }
            names.add(name);
        }
        return header;
    }

    List<String> names() {
        return names;
    }

    /** Whether the record has as many cells as the header has names. */
    boolean read(byte[] line, int length, LogRow row) {
        List<Object> cells = cells(line, 0, length, delimiter);
        if (cells == null || cells.size() != names.size()) {
            return false;
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!(cells.get(i) instanceof byte[] raw) || raw.length > 0) {
                row.put(names.get(i), cells.get(i));
            }
        }
        return true;
    }

    /** Bytes for plain cells, Strings for quoted ones; null when a quote doesn't end or is followed by something else. */
    @CheckForNull
    static List<Object> cells(byte[] line, int start, int length, byte delimiter) {
        List<Object> cells = new ArrayList<>();
        int at = start;
        while (true) {
            if (at < length && line[at] == '"') {
                ByteArrayOutputStream quoted = new ByteArrayOutputStream();
                at++;
                while (true) {
                    if (at >= length) {
                        return null;
                    }
                    if (line[at] == '"') {
                        if (at + 1 < length && line[at + 1] == '"') {
                            at++;
                        } else {
                            break;
                        }
                    }
                    quoted.write(line[at++]);
                }
                at++;
                cells.add(quoted.toString(StandardCharsets.UTF_8));
            } else {
                int from = at;
                while (at < length && line[at] != delimiter) {
                    at++;
                }
                cells.add(java.util.Arrays.copyOfRange(line, from, at));
            }
            if (at >= length) {
                return cells;
            }
            if (line[at++] != delimiter) {
                return null;
            }
        }
    }
}
