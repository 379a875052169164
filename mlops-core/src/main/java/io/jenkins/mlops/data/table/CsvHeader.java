package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a delimited file.
 *
 * <p>A column without a name gets {@code Unnamed: <index from 0>}, as pandas calls it. Names are taken as they are,
 * blanks included.
 *
 * @param delimiter the delimiter: the one of comma, semicolon, tab and bar that occurs most often outside quotes in
 *     the header line, the comma when none does
 * @param names the names of the columns
 * @param length how many bytes the header takes, its line end included
 * @param lines how many lines the header takes, empty lines before it included
 */
record CsvHeader(byte delimiter, List<String> names, int length, int lines) {
    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};

    /**
     * Reads the header.
     *
     * @param data the start of the file, after a byte order mark
     * @param length how many bytes there are
     * @param whole whether this is the whole file
     */
    static CsvHeader read(String fileName, byte[] data, int length, boolean whole, TableLimits limits)
            throws DataException {
        int start = 0;
        int lines = 0;
        while (start < length && (data[start] == '\n' || data[start] == '\r')) {
            lines += data[start] == '\n' ? 1 : 0;
            start++;
        }
        if (start == length) {
            throw new DataException(fileName + ": expected a header line with column names, found an empty file.");
        }
        int headerLine = lines + 1;
        int[] seen = new int[128];
        boolean inside = false;
        int end = start;
        for (; end < length; end++) {
            byte b = data[end];
            if (b == '"') {
                inside = !inside;
            } else if (b == '\n') {
                lines++;
                if (!inside) {
                    break;
                }
            } else if (b == 0) {
                throw new DataException(fileName + ", line " + headerLine
                        + ": expected text, found a zero byte. The file is binary or in UTF-16; save it as UTF-8.");
            } else if (b == '\r' && !inside && end + 1 < length && data[end + 1] != '\n') {
                throw new DataException(fileName + ", line " + headerLine
                        + ": expected lines that end with LF or CR LF, found a lone CR. Convert the line ends.");
            } else if (b > 0 && !inside) {
                seen[b]++;
            }
        }
        if (end == length && inside) {
            throw new DataException(
                    fileName + ", line " + headerLine + ": expected a closing quote in the header, found "
                            + (whole ? "the end of the file." : "none within " + length + " bytes."));
        }
        if (end == length && !whole) {
            throw new DataException(fileName + ", line " + headerLine + ": expected a header of at most "
                    + limits.maxLineBytes() + " bytes (limit maxLineBytes), found a longer one.");
        }
        byte delimiter = DELIMITERS[0];
        for (byte candidate : DELIMITERS) {
            if (seen[candidate] > seen[delimiter]) {
                delimiter = candidate;
            }
        }
        int bad = Utf8.firstInvalid(data, start, end);
        if (bad >= 0) {
            throw new DataException(String.format(
                    "%s, line %d: expected UTF-8, found the byte 0x%02X at byte offset %d. Save the file as UTF-8.",
                    fileName, headerLine, data[bad] & 0xFF, bad));
        }
        List<String> names = split(fileName, headerLine, data, start, end, delimiter, limits);
        return new CsvHeader(delimiter, names, Math.min(end + 1, length), Math.max(lines, headerLine));
    }

    private static List<String> split(
            String fileName, int line, byte[] data, int from, int to, byte delimiter, TableLimits limits)
            throws DataException {
        int end = to > from && data[to - 1] == '\r' ? to - 1 : to;
        List<String> names = new ArrayList<>();
        boolean numbersOnly = true;
        NumberParser numbers = new NumberParser();
        int p = from;
        while (true) {
            int start = p;
            boolean inside = false;
            while (p < end && (inside || data[p] != delimiter)) {
                inside ^= data[p] == '"';
                p++;
            }
            numbers.parse(data, start, p);
            numbersOnly &= numbers.valid();
            String name = new String(data, start, p - start, StandardCharsets.UTF_8);
            if (name.startsWith("\"")) {
                if (name.length() < 2 || !name.endsWith("\"")) {
                    throw new DataException(fileName + ", line " + line
                            + ": expected a delimiter after a closing quote in the header, found "
                            + TextErrors.shown(name) + ".");
                }
                name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
            }
            names.add(name.isEmpty() ? "Unnamed: " + names.size() : name);
            if (names.size() > limits.maxColumns()) {
                throw new DataException(fileName + ", line " + line + ": expected at most " + limits.maxColumns()
                        + " columns (limit maxColumns), found more.");
            }
            if (p == end) {
                break;
            }
            p++;
        }
        if (numbersOnly) {
            throw new DataException(fileName + ", line " + line
                    + ": expected a header line with column names, found only numbers ("
                    + TextErrors.shown(data, from, end) + "). Write the names of the columns into the first line.");
        }
        requireDistinct(fileName, line, names);
        return names;
    }

    private static void requireDistinct(String fileName, int line, List<String> names) throws DataException {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Integer before = first.putIfAbsent(names.get(i), i);
            if (before != null) {
                throw new DataException(fileName + ", line " + line + ": expected different column names, found \""
                        + TextErrors.shown(names.get(i)) + "\" as columns " + (before + 1) + " and " + (i + 1)
                        + ". Rename one of them.");
            }
        }
    }
}
