package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.data.table.TableLimits;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.ColumnSample;
import io.jenkins.mlops.monitor.drift.DriftDetector;
import io.jenkins.mlops.monitor.drift.DriftReport;
import io.jenkins.mlops.monitor.drift.TableSample;
import io.jenkins.mlops.monitor.quality.ConfidenceEstimate;
import io.jenkins.mlops.monitor.quality.EstimateOptions;
import io.jenkins.mlops.monitor.quality.ExpectationCheck;
import io.jenkins.mlops.monitor.quality.ExpectationFinding;
import io.jenkins.mlops.monitor.quality.QualityEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the windows show that a reading closes. */
final class WindowClosing {
    private final WatchTask task;
    private final List<String> notes;

    @CheckForNull
    private TableSample reference;

    WindowClosing(WatchTask task, List<String> notes) {
        this.task = task;
        this.notes = notes;
    }

    /** The results in the order of the windows, with the empty windows of time between two moments. */
    List<WindowResult> results(TreeMap<Long, OpenWindow> windows, long closedBefore, long closedUntil)
            throws IOException {
        List<WindowResult> results = new ArrayList<>();
        WindowSpec spec = task.windows();
        if (spec.unit() == WindowSpec.Unit.ROWS) {
            for (Map.Entry<Long, OpenWindow> window : windows.entrySet()) {
                boolean timed = window.getValue().earliest != Long.MAX_VALUE;
                results.add(result(
                        spec.rowsKey(window.getKey()),
                        timed ? window.getValue().earliest : 0,
                        timed ? window.getValue().latest : 0,
                        window.getValue()));
            }
            return results;
        }
        long next = closedBefore != Long.MIN_VALUE
                ? spec.start(closedBefore + spec.size() - 1)
                : windows.isEmpty() ? closedUntil : windows.firstKey();
        for (Map.Entry<Long, OpenWindow> window : windows.entrySet()) {
            empty(next, window.getKey(), results);
            results.add(result(
                    spec.timeKey(window.getKey()), window.getKey(), window.getKey() + spec.size(), window.getValue()));
            next = window.getKey() + spec.size();
        }
        empty(next, closedUntil, results);
        return results;
    }

    private void empty(long from, long to, List<WindowResult> results) {
        WindowSpec spec = task.windows();
        long count = to <= from ? 0 : (to - from) / spec.size();
        // A long silence is told once: its last windows stand for all of them.
        long shown = Math.min(count, Math.max(1, task.limits().windows() / 2));
        if (shown < count) {
            notes.add(count + " windows without a row lie between; the last " + shown + " of them are shown.");
        }
        for (long i = count - shown; i < count && results.size() < 999; i++) {
            long start = from + i * spec.size();
            results.add(new WindowResult(
                    spec.timeKey(start),
                    start,
                    start + spec.size(),
                    0,
                    null,
                    List.of(),
                    null,
                    List.of("No row came in this window.")));
        }
    }

    private WindowResult result(String key, long start, long end, OpenWindow window) throws IOException {
        List<String> itsNotes = new ArrayList<>();
        if (window.beyond > 0) {
            itsNotes.add("Compared are the first " + window.rows + " rows; " + window.beyond + " more came.");
        }
        DriftReport drift = null;
        TableSample compared = reference();
        if (compared != null) {
            drift = DriftDetector.compare(compared, window.sample, task.drift());
            if (drift.columns().isEmpty()) {
                itsNotes.addAll(drift.notes());
                drift = null;
            }
        }
        List<ExpectationFinding> findings = ExpectationCheck.check(window.sample, task.expectations());
        return new WindowResult(
                key,
                start,
                end,
                window.rows,
                drift,
                findings,
                estimate(window, itsNotes),
                Expect.notes(itsNotes),
                window.digest.text());
    }

    @CheckForNull
    private QualityEstimate estimate(OpenWindow window, List<String> itsNotes) {
        EstimateOptions options = task.estimate();
        if (options == null) {
            return null;
        }
        String name = options.scoreColumn();
        ColumnSample column = window.sample.has(name) ? window.sample.column(name) : null;
        if (column == null || column.present() == 0) {
            itsNotes.add("The quality isn't estimated: the column '" + name + "' has no value.");
            return null;
        }
        double[] scores = column.exactNumbers();
        if (scores == null || scores.length == 0) {
            itsNotes.add("The quality isn't estimated: the scores are "
                    + (scores == null
                            ? "too many to be kept; raise exactValues or cut smaller windows."
                            : "no numbers."));
            return null;
        }
        try {
            return ConfidenceEstimate.of(scores, options);
        } catch (IllegalArgumentException e) {
            itsNotes.add("The quality isn't estimated: " + e.getMessage());
            return null;
        }
    }

    @CheckForNull
    private TableSample reference() throws IOException {
        Reference wanted = task.reference();
        if (reference == null && wanted != null) {
            reference = wanted.profile() != null ? TableSample.of(wanted.profile()) : rows(Path.of(wanted.file()));
        }
        return reference;
    }

    private TableSample rows(Path file) throws IOException {
        DataFormat format = DataFormat.ofFileName(file.toString());
        if (format != DataFormat.JSON_LINES) {
            return TableSample.read(
                    file, format, TableLimits.DEFAULT, task.limits().exactValues());
        }
        // As the logs are read: what is within objects and lists has columns of its own there.
        TableSample sample = new TableSample(task.limits().exactValues(), LogReading.EXPECTED_COLUMNS);
        LogFile log = LogFile.at(
                LogFolder.found(file.toString(), file), format, task.limits().lineBytes());
        long[] broken = {-1};
        new RowReader(log, task.limits(), Long.MAX_VALUE, task.source().inputs()).read(0, new RowReader.Rows() {
            @Override
            public void row(LogRow row) {
                row.into(sample, task.limits().columns());
            }

            @Override
            public void broken(long offset) {
                broken[0] = broken[0] < 0 ? offset : broken[0];
            }
        });
        if (broken[0] >= 0) {
            throw new DataException("Expected a row of JSON in each line of the reference " + file
                    + ", found none in the line at byte " + broken[0] + ".");
        }
        return sample;
    }
}
