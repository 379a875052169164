package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * The cells of one instance of a captured payload: CSV without a header, or JSON. Those without a name are called {@code
 * [0]}, {@code [1]}, ... by their place, or by nothing where there is one value alone.
 */
final class CapturedCells {
    /** More values than a request of 6 MB, the most that SageMaker takes, has in practice. */
    private static final int VALUES = 500_000;

    /** Members that hold the instances of a request or a response, as SageMaker and MLflow's server write them. */
    private static final List<String> LISTS =
            List.of("instances", "dataframe_records", "dataframe_split.data", "inputs", "predictions");

    private final List<String> names = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private int width;

    private void put(String name, Object value) {
        names.add(name);
        values.add(value);
        if (name.startsWith("[")) {
            width = Math.max(width, 1 + place(name));
        }
    }

    /**
     * The place in a name such as {@code [3].x}.
     *
     * @throws IllegalArgumentException when there is none, as a member of an object may be called {@code [x]}
     */
    static int place(String name) {
        int end = name.indexOf(']');
        int place = end < 1 ? -1 : Integer.parseInt(name, 1, end, 10);
        if (place < 0 || place > VALUES) {
            throw new IllegalArgumentException(name);
        }
        return place;
    }

    /** How many places there are; 0 when all have names. */
    int width() {
        return width;
    }

    void each(BiConsumer<String, Object> cell) {
        for (int i = 0; i < names.size(); i++) {
            cell.accept(names.get(i), values.get(i));
        }
    }

    /** Several as places of one. */
    static CapturedCells joined(List<CapturedCells> all) {
        CapturedCells joined = new CapturedCells();
        for (int i = 0; i < all.size(); i++) {
            String place = "[" + i + "]";
            all.get(i)
                    .each((name, value) ->
                            joined.put(place + (name.isEmpty() || name.startsWith("[") ? "" : ".") + name, value));
        }
        return joined;
    }

    /** Its places, each as one of their own. */
    List<CapturedCells> split() {
        List<CapturedCells> split = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            split.add(new CapturedCells());
        }
        each((name, value) -> {
            if (name.startsWith("[")) {
                split.get(place(name)).put(member(name.substring(name.indexOf(']') + 1)), value);
            }
        });
        return split;
    }

    /** The name of what is below an instance; the list {@code features} of SageMaker's own algorithms has places only. */
    private static String member(String rest) {
        if (rest.startsWith(".features[")) {
            return rest.substring(".features".length());
        }
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    /**
     * Reads a payload.
     *
     * @param encoding {@code CSV}, {@code JSON}, or {@code BASE64}, whose content type tells what is in it
     * @return null when it can't be read
     */
    @CheckForNull
    static List<CapturedCells> read(String data, @CheckForNull String encoding, @CheckForNull String contentType) {
        try {
            return switch (encoding == null ? "" : encoding) {
                case "CSV" -> csv(data.getBytes(StandardCharsets.UTF_8));
                case "JSON" -> json(data);
                case "BASE64" -> packed(Base64.getDecoder().decode(data), contentType);
                default -> null;
            };
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    @CheckForNull
    private static List<CapturedCells> packed(byte[] bytes, @CheckForNull String contentType) throws IOException {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("text/csv")) {
            return csv(bytes);
        }
        return type.startsWith("application/json") ? json(text(bytes)) : null;
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    @CheckForNull
    private static List<CapturedCells> csv(byte[] bytes) throws IOException {
        // Bytes that are no text would pass for names of new values.
        text(bytes);
        List<CapturedCells> rows = new ArrayList<>();
        LogLines lines = new LogLines(new ByteArrayInputStream(bytes), 0, true, Math.max(1, bytes.length));
        int left = VALUES;
        while (lines.next()) {
            if (lines.length() == 0) {
                continue;
            }
            List<Object> cells = CsvLine.cells(lines.bytes(), 0, lines.length(), (byte) ',');
            if (cells == null || cells.size() > left) {
                return null;
            }
            left -= cells.size();
            CapturedCells row = new CapturedCells();
            for (Object cell : cells) {
                row.put("[" + row.names.size() + "]", cell);
            }
            rows.add(row);
        }
        return rows.isEmpty() ? null : rows;
    }

    @CheckForNull
    private static List<CapturedCells> json(String text) {
        LogRow whole = new LogRow();
        if (JsonLine.readAny(text, whole, VALUES)) {
            return rows(whole);
        }
        // JSON Lines: application/jsonlines.
        List<CapturedCells> rows = new ArrayList<>();
        int left = VALUES;
        for (String line : text.split("\\R")) {
            if (!line.isBlank()) {
                LogRow one = new LogRow();
                if (!JsonLine.readAny(line, one, VALUES) || one.size() == 0 || one.size() > left) {
                    return null;
                }
                left -= one.size();
                CapturedCells row = new CapturedCells();
                for (int i = 0; i < one.size(); i++) {
                    row.put(one.name(i), one.value(i));
                }
                rows.add(row);
            }
        }
        return rows.size() < 2 ? null : rows;
    }

    /** Takes the instances out of a document whose values are named by their paths. */
    @CheckForNull
    private static List<CapturedCells> rows(LogRow whole) {
        // Tensors of KServe's protocol V2 name their data apart.
        if (whole.size() == 0 || whole.size() > VALUES || whole.text("inputs[0].shape[0]") != null) {
            return null;
        }
        String list = list(whole);
        List<CapturedCells> rows = new ArrayList<>();
        if (list == null) {
            rows.add(new CapturedCells());
        }
        for (int i = 0; i < whole.size(); i++) {
            String name = whole.name(i);
            if (list == null) {
                rows.get(0).put(name, whole.value(i));
                continue;
            }
            int open = name.indexOf('[');
            int close = name.indexOf(']');
            if (open < 0 || close < open || name.startsWith("dataframe_split.columns[")) {
                continue;
            }
            int row = place(name.substring(open));
            if (row >= whole.size()) {
                // A member called instances[400000] makes no rows.
                return null;
            }
            boolean instance = name.substring(0, open).equals(list);
            while (instance && rows.size() <= row) {
                rows.add(new CapturedCells());
            }
            if (instance) {
                rows.get(row).put(column(whole, list, name.substring(close + 1)), whole.value(i));
            } else if (row < rows.size()) {
                // Further lists beside the first, as of probabilities beside predictions.
                rows.get(row).put(name.substring(0, open) + name.substring(close + 1), whole.value(i));
            }
        }
        return rows;
    }

    private static String column(LogRow whole, String list, String rest) {
        String named = list.equals("dataframe_split.data") ? whole.text("dataframe_split.columns" + rest) : null;
        return named == null ? member(rest) : named;
    }

    /** The member that holds the instances; null when the document is one. */
    @CheckForNull
    private static String list(LogRow whole) {
        boolean nested = false;
        for (int i = 0; i < whole.size(); i++) {
            String name = whole.name(i);
            for (String list : LISTS) {
                if (name.startsWith(list + "[")) {
                    return list;
                }
            }
            // A list of plain values is one instance, one of lists or objects are several.
            nested |= name.startsWith("[") && name.indexOf(']') < name.length() - 1;
        }
        return nested ? "" : null;
    }
}
