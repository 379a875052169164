package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.evaluation.EvaluationException;
import io.jenkins.mlops.evaluation.EvaluationOptions;
import io.jenkins.mlops.evaluation.EvaluationReport;
import io.jenkins.mlops.evaluation.Evaluator;
import io.jenkins.mlops.evaluation.MetricValue;
import io.jenkins.mlops.monitor.Expect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins labels to the predictions of closed windows, by id, and evaluates the windows whose labelled rows have changed.
 *
 * <p>All labels that are known are joined to all logs that are there each time: late, doubled and corrected labels, and
 * predictions that come after their label, need no rule of their own, and doing it twice changes nothing. The labels are
 * held, the predictions stream past them; memory depends on the labels only.
 */
public final class FeedbackJoin {
    private final LogPlace place;
    private final FeedbackTask task;
    private final Labels labels;
    private final BitSet matched = new BitSet();
    private final List<String> notes = new ArrayList<>();
    private final TreeMap<Long, LabelledWindow> windows = new TreeMap<>();
    private final Path temporary;
    private final List<String> header;
    private long doubled;
    private long broken;

    /** The number of the next row of a closed window, for windows of rows. */
    private long turn;

    private FeedbackJoin(LogPlace place, Path temporary, FeedbackTask task) throws IOException {
        this.place = place;
        this.temporary = temporary;
        this.task = task;
        this.labels = Labels.of(task.kept(), task.most());
        EvaluationOptions options = task.options();
        this.header = new ArrayList<>(List.of(task.source().idColumn(), options.label()));
        List<String> wanted = new ArrayList<>(options.scores());
        wanted.add(options.prediction());
        wanted.add(options.weight());
        wanted.add(options.group());
        wanted.addAll(options.slices());
        for (String column : wanted) {
            if (column != null && !header.contains(column)) {
                header.add(column);
            }
        }
    }

    /**
     * Joins.
     *
     * @param folder the folder of the prediction logs
     * @throws IOException when a file can't be read; nothing is lost, as nothing was kept
     */
    public static FeedbackResult join(Path folder, FeedbackTask task) throws IOException {
        return join(new LogFolder(folder), task);
    }

    /** As {@link #join(Path, FeedbackTask)}, of logs that are elsewhere. */
    public static FeedbackResult join(LogPlace place, FeedbackTask task) throws IOException {
        Path temporary = Files.createTempDirectory("mlops-feedback");
        try {
            return new FeedbackJoin(place, temporary, task).run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            try (var files = Files.list(temporary)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(temporary);
        }
    }

    private FeedbackResult run() throws IOException {
        Labels added = Labels.of(task.added(), task.most());
        long[] changes = labels.putAll(added);
        List<WindowQuality> changed = new ArrayList<>();
        try {
            List<LogFiles.Part> parts = new LogFiles(place, task.source(), ReadingLimits.DEFAULT, notes)
                    .parts(task.state().files());
            if (byRows()) {
                long closed = 0;
                for (LogFiles.Part part : parts) {
                    long[] count = {0};
                    read(part, row -> count[0] += row.offset() < part.from() ? 1 : 0, false);
                    closed += count[0];
                }
                // The rows of files that have vanished were the first ones.
                turn = Math.max(0, task.state().closedUntil() - closed);
            }
            for (LogFiles.Part part : parts) {
                read(part, row -> take(part, row), true);
            }
            for (Map.Entry<Long, LabelledWindow> window : windows.entrySet()) {
                window.getValue().close();
                if (window.getValue().labelled > 0) {
                    evaluate(window.getKey(), window.getValue(), changed);
                }
            }
        } finally {
            for (LabelledWindow window : windows.values()) {
                window.close();
            }
        }
        FeedbackCounts counts = new FeedbackCounts(
                changes[Labels.Change.ADDED.ordinal()],
                changes[Labels.Change.REPEATED.ordinal()],
                changes[Labels.Change.CORRECTED.ordinal()],
                changes[Labels.Change.OLDER.ordinal()],
                labels.size(),
                matched.cardinality(),
                labels.size() - matched.cardinality(),
                labels.dropped() + added.dropped(),
                doubled,
                broken);
        return new FeedbackResult(labels.pack(), counts, changed, Expect.notes(notes));
    }

    private boolean byRows() {
        return task.windows().unit() == WindowSpec.Unit.ROWS;
    }

    /** Takes a row. */
    private interface Taking {
        void take(LogRow row);
    }

    private void read(LogFiles.Part part, Taking taking, boolean counting) throws IOException {
        RowReader.Rows rows = new RowReader.Rows() {
            @Override
            public void row(LogRow row) {
                taking.take(row);
            }

            @Override
            public void broken(long offset) {
                broken += counting ? 1 : 0;
            }
        };
        try {
            if (part.file().format() == DataFormat.PARQUET) {
                new ParquetRows(part.file(), ReadingLimits.DEFAULT).read(0, rows);
            } else {
                new RowReader(
                                part.file(),
                                ReadingLimits.DEFAULT,
                                Long.MAX_VALUE,
                                task.source().inputs())
                        .read(part.file().dataStart(), rows);
            }
        } catch (NoSuchFileException e) {
            notes.add("The file " + part.file().path() + " went away while it was read.");
        } catch (java.util.zip.ZipException | java.io.EOFException | DataException e) {
            notes.add(part.file().damaged(e));
        }
    }

    private void take(LogFiles.Part part, LogRow row) {
        Long window = window(part, row);
        LabelledWindow open = window == null ? null : windows.get(window);
        if (window != null && open == null) {
            open = new LabelledWindow(temporary.resolve(windows.size() + "-" + window + ".csv"));
            windows.put(window, open);
            if (windows.size() > FeedbackTask.WINDOWS) {
                windows.pollFirstEntry().getValue().close();
                open = windows.get(window);
            }
        }
        if (open != null) {
            open.predictions++;
        }
        String id = row.text(task.source().idColumn());
        int place = id == null ? -1 : labels.place(id);
        if (place < 0) {
            return;
        }
        if (matched.get(place)) {
            doubled++;
            return;
        }
        matched.set(place);
        if (open != null) {
            List<String> cells = new ArrayList<>(List.of(id, labels.text(place)));
            for (String column : header.subList(2, header.size())) {
                String cell = row.text(column);
                cells.add(cell == null ? "" : cell);
            }
            open.write(header, cells);
        }
    }

    /** The number that orders the closed window of a row; null when it is in none, or in one that is too old. */
    @CheckForNull
    private Long window(LogFiles.Part part, LogRow row) {
        WindowSpec spec = task.windows();
        long closedUntil = task.state().closedUntil();
        long window;
        if (byRows()) {
            if (row.offset() >= part.from()) {
                return null;
            }
            long own = row.turn(turn, spec.size());
            turn = own + 1;
            window = own / spec.size();
            return closedUntil / spec.size() - window > FeedbackTask.WINDOWS ? null : window;
        }
        Long time = RowTimes.parse(row.text(task.source().timeColumn()));
        if (time == null || time >= closedUntil) {
            return null;
        }
        window = spec.start(time);
        return (closedUntil - window) / spec.size() > FeedbackTask.WINDOWS ? null : window;
    }

    private void evaluate(long window, LabelledWindow rows, List<WindowQuality> changed) throws IOException {
        WindowSpec spec = task.windows();
        String key = byRows() ? spec.rowsKey(window) : spec.timeKey(window);
        String digest = rows.digest(task.options().toString());
        if (digest.equals(task.known().get(key))) {
            return;
        }
        Map<String, MetricValue> metrics = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        try {
            EvaluationReport report = new Evaluator().evaluate(rows.file(), task.options());
            for (Map.Entry<String, MetricValue> metric : report.metrics().entrySet()) {
                if (metrics.size() < WindowQuality.METRICS) {
                    metrics.put(metric.getKey(), metric.getValue());
                }
            }
            said.addAll(report.warnings());
        } catch (EvaluationException | io.jenkins.mlops.data.DataException e) {
            // What a log holds is nobody's mistake here: the window says why it has no figures.
            String why = String.valueOf(e.getMessage());
            said.add("Not evaluated: " + why.substring(0, Math.min(why.length(), 1_000)));
        }
        changed.add(new WindowQuality(
                key,
                byRows() ? window * spec.size() : window,
                rows.predictions,
                rows.labelled,
                digest,
                metrics,
                Expect.notes(said)));
    }
}
