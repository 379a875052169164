package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins labels that came late, in any order, more than once or never, to the predictions that they belong to, by id; and
 * writes what met as a CSV file for {@link io.jenkins.mlops.evaluation.Evaluator}, which gives the metrics their intervals.
 *
 * <p>The labels are held, the predictions stream past them: memory is some two dozen bytes a label and a prediction,
 * whatever the rows hold.
 */
public final class LabelJoin {
    /** The most different labels: a class or a rounded number, not a text. */
    private static final int LABELS = 1_000_000;

    private static final int SEEN = 1;

    private final JoinTask task;
    private final Path folder;
    private final IdTable labelOf;
    private final IdTable seen;
    private final List<String> labels = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long matched;
    private long doubledPredictions;
    private long doubledLabels;
    private long conflictingLabels;
    private long broken;

    private LabelJoin(Path folder, JoinTask task) {
        this.folder = folder;
        this.task = task;
        this.labelOf = new IdTable(task.ids());
        this.seen = new IdTable(task.ids());
    }

    /**
     * Joins.
     *
     * @param folder the folder that both patterns begin at
     * @param joined the file to write: the id, the label, then the columns asked for; RFC 4180, UTF-8
     * @throws IOException when a file can't be read or written, or there are more ids than the task allows; then
     *     {@code joined} isn't there
     */
    public static JoinReport join(Path folder, JoinTask task, Path joined) throws IOException {
        try {
            return new LabelJoin(folder, task).run(joined);
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(joined);
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(joined);
            throw e;
        }
    }

    private JoinReport run(Path joined) throws IOException {
        read(task.labels(), this::label);
        try (Writer out = Files.newBufferedWriter(joined, StandardCharsets.UTF_8)) {
            List<String> header = new ArrayList<>(List.of(task.predictions().idColumn(), task.labelColumn()));
            header.addAll(task.columns());
            write(out, header);
            read(task.predictions(), row -> prediction(row, out));
        }
        return new JoinReport(
                seen.size(),
                matched,
                seen.size() - matched,
                labelOf.size(),
                labelOf.size() - matched,
                doubledPredictions,
                doubledLabels,
                conflictingLabels,
                broken,
                Expect.notes(notes));
    }

    /** Takes a row. */
    private interface Taking {
        void take(LogRow row);
    }

    private void read(LogSource source, Taking taking) throws IOException {
        RowReader.Rows rows = new RowReader.Rows() {
            @Override
            public void row(LogRow row) {
                taking.take(row);
            }

            @Override
            public void broken(long offset) {
                broken++;
            }
        };
        ReadingLimits limits = ReadingLimits.DEFAULT;
        for (LogFiles.Part part : new LogFiles(folder, source, limits, notes).parts(List.of())) {
            if (part.file().format() == DataFormat.PARQUET) {
                new ParquetRows(part.file(), limits).read(0, rows);
            } else {
                // Whoever evaluates asks for all there is: an unfinished last line, too, if it is a row.
                new RowReader(part.file(), limits, Long.MAX_VALUE).read(part.from(), rows);
            }
        }
    }

    private void label(LogRow row) {
        String id = row.text(task.labels().idColumn());
        String label = row.text(task.labelColumn());
        if (id == null || label == null) {
            broken++;
            return;
        }
        Integer code = codes.get(label);
        if (code == null) {
            if (labels.size() == LABELS) {
                throw tooMany("different labels", LABELS);
            }
            code = labels.size();
            labels.add(label);
            codes.put(label, code);
        }
        int before = labelOf.get(id);
        if (before == code) {
            doubledLabels++;
        } else if (before >= 0) {
            conflictingLabels++;
        }
        if (!labelOf.put(id, code)) {
            throw tooMany("ids of labels", task.ids());
        }
    }

    private static UncheckedIOException tooMany(String what, int most) {
        return new UncheckedIOException(new DataException(
                "Expected at most " + most + " " + what + ", found more. Join a shorter span of time."));
    }

    private void prediction(LogRow row, Writer out) {
        if (task.fromMillis() != Long.MIN_VALUE || task.toMillis() != Long.MAX_VALUE) {
            Long time = RowTimes.parse(row.text(task.predictions().timeColumn()));
            if (time == null || time < task.fromMillis() || time >= task.toMillis()) {
                return;
            }
        }
        String id = row.text(task.predictions().idColumn());
        if (id == null) {
            broken++;
            return;
        }
        if (seen.get(id) == SEEN) {
            doubledPredictions++;
            return;
        }
        if (!seen.put(id, SEEN)) {
            throw tooMany("ids of predictions", task.ids());
        }
        int code = labelOf.get(id);
        if (code < 0) {
            return;
        }
        matched++;
        List<String> cells = new ArrayList<>(List.of(id, labels.get(code)));
        for (String column : task.columns()) {
            String cell = row.text(column);
            cells.add(cell == null ? "" : cell);
        }
        try {
            write(out, cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a record of RFC 4180. */
    static void write(Writer out, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            String cell = cells.get(i);
            boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
            out.write(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.write('\n');
    }
}
