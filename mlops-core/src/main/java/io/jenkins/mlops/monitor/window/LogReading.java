package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.drift.TableSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reading of the logs below a folder.
 *
 * <p>Every row belongs to one window by its time (or its turn). A row of a window that is still open is read again when
 * the window closes; a row of a closed window counts as late if it was not seen before, and is passed over if it was. So
 * each row is in one closed window at most, and in none only when it is counted as late, doubled, broken, untimed, ahead
 * or beyond.
 */
final class LogReading {
    /** Rows further ahead of the clock than this have a wrong time. */
    private static final long DAY = 24 * 3_600_000L;

    /** How many columns a table is prepared for; it takes more. */
    static final int EXPECTED_COLUMNS = 50;

    private final LogPlace place;
    private final WatchTask task;
    private final WindowSpec spec;
    private final ReadingState state;
    private final long now;
    private final List<String> notes = new ArrayList<>();
    private final Map<LogFile, Long> firstOpen = new HashMap<>();
    private final TreeMap<Long, OpenWindow> windows = new TreeMap<>();
    private final TableSample budget;

    /** Windows from here on stay open. */
    private long openFrom;

    private long rows;
    private long late;
    private long broken;
    private long untimed;
    private long ahead;
    private long idsKept;
    private boolean columnsLeft;
    private long turn;
    private long lastRow;

    /**
     * @param untilMillis windows stay open that end after this moment: the clock, or an earlier one when there is more to
     *     read than is there now
     */
    LogReading(LogPlace place, WatchTask task, ReadingState state, long now, long untilMillis) {
        this.place = place;
        this.task = task;
        this.spec = task.windows();
        this.state = state;
        this.now = now;
        this.lastRow = state.lastRowMillis();
        this.turn = state.closedUntil();
        this.budget = new TableSample(task.limits().exactValues(), EXPECTED_COLUMNS);
        this.openFrom =
                spec.unit() == WindowSpec.Unit.ROWS ? Long.MAX_VALUE : spec.start(untilMillis - spec.latenessMillis());
    }

    WatchResult run() throws IOException {
        List<LogFiles.Part> parts = new LogFiles(place, task.source(), task.limits(), notes).parts(state.files());
        Map<LogFile, Long> ends = new HashMap<>();
        List<LogFiles.Part> read = new ArrayList<>();
        for (LogFiles.Part part : parts) {
            try {
                ends.put(part.file(), read(part));
                read.add(part);
            } catch (NoSuchFileException e) {
                notes.add("The file " + part.file().path() + " went away while it was read.");
            } catch (java.util.zip.ZipException | java.io.EOFException e) {
                notes.add(part.file().damaged(e));
            } catch (DataException e) {
                // A whole Parquet file or none: another one may be whole.
                notes.add(part.file().damaged(e));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        long closedUntil = spec.unit() == WindowSpec.Unit.ROWS ? closeRows() : closeTimes();
        List<WindowResult> results = new WindowClosing(task, notes).results(windows, state.closedUntil(), closedUntil);
        List<LogPosition> positions = new ArrayList<>();
        for (LogFiles.Part part : read) {
            long end = Math.max(ends.get(part.file()), part.from());
            long from = Math.min(end, firstOpen.getOrDefault(part.file(), end));
            positions.add(part.file().position(from, Math.max(end, from)));
        }
        long doubled =
                windows.values().stream().mapToLong(window -> window.doubled).sum();
        long beyond =
                windows.values().stream().mapToLong(window -> window.beyond).sum();
        ReadingCounts counts = new ReadingCounts(rows, late, doubled, broken, untimed, ahead, beyond);
        notes.addAll(counts.notes());
        return new WatchResult(results, new ReadingState(positions, closedUntil, lastRow), counts, Expect.notes(notes));
    }

    private long read(LogFiles.Part part) throws IOException {
        RowReader.Rows taking = new RowReader.Rows() {
            @Override
            public void row(LogRow row) {
                take(part, row);
            }

            @Override
            public void broken(long offset) {
                broken += offset >= part.seen() ? 1 : 0;
            }
        };
        return part.file().format() == DataFormat.PARQUET
                ? new ParquetRows(part.file(), task.limits()).read(part.from(), taking)
                : new RowReader(part.file(), task.limits(), now, task.source().inputs()).read(part.from(), taking);
    }

    private void take(LogFiles.Part part, LogRow row) {
        boolean fresh = row.offset() >= part.seen();
        rows += fresh ? 1 : 0;
        Long time = task.source().timeColumn().isEmpty()
                ? null
                : RowTimes.parse(row.text(task.source().timeColumn()));
        if (spec.unit() == WindowSpec.Unit.ROWS) {
            long own = row.turn(turn, spec.size());
            turn = own + 1;
            put(part, row, own / spec.size(), time);
            return;
        }
        if (time == null) {
            untimed += fresh ? 1 : 0;
        } else if (time > now + DAY) {
            ahead += fresh ? 1 : 0;
        } else if (time < state.closedUntil()) {
            late += fresh ? 1 : 0;
        } else if (spec.start(time) >= openFrom) {
            leave(part.file(), row.offset());
            lastRow = Math.max(lastRow, time);
        } else {
            put(part, row, spec.start(time), time);
        }
    }

    /** Notes that a row is to be read again. */
    private void leave(LogFile file, long offset) {
        firstOpen.merge(file, offset, Math::min);
    }

    private void put(LogFiles.Part part, LogRow row, long key, @CheckForNull Long time) {
        if (key >= openFrom) {
            leave(part.file(), row.offset());
            return;
        }
        OpenWindow window = windows.get(key);
        if (window == null) {
            window = new OpenWindow(new TableSample(budget));
            windows.put(key, window);
            if (windows.size() > task.limits().windows()) {
                reopen(windows.lastKey());
                if (key >= openFrom) {
                    leave(part.file(), row.offset());
                    return;
                }
            }
        }
        window.first.putIfAbsent(part.file(), row.offset());
        if (time != null) {
            window.earliest = Math.min(window.earliest, time);
            window.latest = Math.max(window.latest, time);
            lastRow = Math.max(lastRow, time);
        }
        String id = task.source().idColumn().isEmpty()
                ? null
                : row.text(task.source().idColumn());
        if (id != null && isDouble(window, id)) {
            window.doubled++;
        } else if (window.rows == task.limits().rowsPerWindow()) {
            window.beyond++;
        } else {
            window.rows++;
            row.into(window.digest);
            String left = row.into(window.sample, task.limits().columns());
            if (left != null && !columnsLeft) {
                columnsLeft = true;
                notes.add("The logs have more than " + task.limits().columns()
                        + " columns, or such with names of more than " + Expect.NAME + " characters; '"
                        + left.substring(0, Math.min(left.length(), 100)) + "' and others are passed over.");
            }
        }
    }

    private boolean isDouble(OpenWindow window, String id) {
        long hash = IdTable.hash(id);
        if (window.ids.contains(hash)) {
            return true;
        }
        if (idsKept == task.limits().ids()) {
            notes.add("More than " + task.limits().ids() + " ids: rows beyond are not checked for doubles.");
        }
        if (idsKept++ < task.limits().ids()) {
            window.ids.add(hash);
        }
        return false;
    }

    /** Leaves the last window for the next reading, as there are more than one reading closes. */
    private void reopen(long key) {
        openFrom = key;
        OpenWindow left = windows.remove(key);
        left.first.forEach(this::leave);
    }

    private long closeTimes() {
        boolean never = state.closedUntil() == Long.MIN_VALUE && windows.isEmpty();
        return never ? Long.MIN_VALUE : Math.max(state.closedUntil(), openFrom);
    }

    private long closeRows() {
        // Only whole windows are closed; a part of one is read again with what comes.
        if (!windows.isEmpty()) {
            long last = windows.lastKey();
            if ((last + 1) * spec.size() > turn) {
                windows.remove(last).first.forEach(this::leave);
            }
        }
        long closed = windows.isEmpty() ? state.closedUntil() / spec.size() : windows.lastKey() + 1;
        return closed * spec.size();
    }
}
