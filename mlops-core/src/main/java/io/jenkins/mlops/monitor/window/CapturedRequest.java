package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record of SageMaker's data capture: one request to an endpoint and its response, of which each instance is a row.
 *
 * <p>A row has the columns of its input, {@code id} (the event's, with a number where there are several rows), {@code time}
 * (that of the inference), {@code inferenceId} where the caller gave one, and the output: {@code prediction}, {@code
 * prediction[0]}, ... for values without a name, else by their names. Cells of the input without a name are called as the
 * model's signature calls them, if there are as many, else {@code c0}, {@code c1}, ... A column of the input is never
 * replaced.
 *
 * <p>Source: Amazon SageMaker AI Developer Guide, "Data capture" and "Common data formats for inference".
 */
final class CapturedRequest {
    private static final String INPUT = "captureData.endpointInput.";
    private static final String OUTPUT = "captureData.endpointOutput.";
    private static final String METADATA = "eventMetadata.";

    private final LogRow line;
    private final List<String> inputs;

    private CapturedRequest(LogRow line, List<String> inputs) {
        this.line = line;
        this.inputs = inputs;
    }

    /** Whether a line of JSON Lines is such a record, whole or not. */
    static boolean is(LogRow line) {
        for (int i = 0; i < line.size(); i++) {
            if (line.name(i).startsWith(INPUT) || line.name(i).startsWith(OUTPUT)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Its rows.
     *
     * @param inputs the columns of the model's signature, in their order; empty when it is not known
     * @return null when it is broken: no id, neither input nor output, a payload that can't be read, or another number of
     *     outputs than of inputs
     */
    @CheckForNull
    static List<LogRow> rows(LogRow line, List<String> inputs) {
        return new CapturedRequest(line, inputs).rows();
    }

    @CheckForNull
    private List<LogRow> rows() {
        String id = line.text(METADATA + "eventId");
        List<CapturedCells> in = side(INPUT);
        List<CapturedCells> out = side(OUTPUT);
        if (id == null || in == null || out == null || in.isEmpty() && out.isEmpty()) {
            return null;
        }
        int count = in.isEmpty() ? out.size() : in.size();
        List<CapturedCells> results = matched(out, count);
        if (results == null) {
            return null;
        }
        List<LogRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> cells = new LinkedHashMap<>();
            if (!in.isEmpty()) {
                CapturedCells given = in.get(i);
                given.each((name, value) -> put(cells, input(name, given), value));
            }
            put(cells, "id", count == 1 ? id : id + "/" + i);
            put(cells, "time", line.text(METADATA + "inferenceTime"));
            put(cells, "inferenceId", line.text(METADATA + "inferenceId"));
            if (!results.isEmpty()) {
                CapturedCells result = results.get(i);
                result.each((name, value) -> put(cells, output(name, result), value));
            }
            LogRow row = new LogRow();
            row.clear(line.offset());
            if (i > 0) {
                row.continues();
            }
            cells.forEach(row::put);
            rows.add(row);
        }
        return rows;
    }

    /** The rows of one side, none where it was not captured; null when it can't be read. */
    @CheckForNull
    private List<CapturedCells> side(String side) {
        String data = line.text(side + "data");
        return data == null
                ? List.of()
                : CapturedCells.read(data, line.text(side + "encoding"), line.text(side + "observedContentType"));
    }

    /** The outputs, one for each row, or none; null when they don't fit. */
    @CheckForNull
    private static List<CapturedCells> matched(List<CapturedCells> out, int count) {
        if (out.isEmpty() || out.size() == count) {
            return out;
        }
        if (count == 1) {
            return List.of(CapturedCells.joined(out));
        }
        return out.size() == 1 && out.get(0).width() == count ? out.get(0).split() : null;
    }

    private static void put(Map<String, Object> cells, String name, @CheckForNull Object value) {
        if (value != null && value != JsonLine.MISSING && (!(value instanceof byte[] raw) || raw.length > 0)) {
            cells.putIfAbsent(name, value);
        }
    }

    private String input(String name, CapturedCells row) {
        if (!name.startsWith("[")) {
            return name.isEmpty() ? "input" : name;
        }
        int number = CapturedCells.place(name);
        String base = row.width() == inputs.size() ? inputs.get(number) : "c" + number;
        return base + name.substring(name.indexOf(']') + 1);
    }

    private static String output(String name, CapturedCells row) {
        if (!name.startsWith("[")) {
            return name.isEmpty() ? "prediction" : name;
        }
        return name.equals("[0]") && row.width() == 1 ? "prediction" : "prediction" + name;
    }
}
