package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the rows of one text log from a place on. */
final class RowReader {
    /** A last line without an end is taken for a whole one when nobody has written for so long. */
    private static final long STILL_MILLIS = 3_600_000;

    /** Takes rows. */
    interface Rows {
        /** A row, which is used again after the call. */
        void row(LogRow row);

        /** A line at a place that is no row. */
        void broken(long offset);
    }

    private final LogFile file;
    private final ReadingLimits limits;
    private final long now;
    private final List<String> inputs;

    RowReader(LogFile file, ReadingLimits limits, long now) {
        this(file, limits, now, List.of());
    }

    /** @param inputs the columns of the model's signature, for captured requests; empty when they are not known */
    RowReader(LogFile file, ReadingLimits limits, long now, List<String> inputs) {
        this.file = file;
        this.limits = limits;
        this.now = now;
        this.inputs = inputs;
    }

    /** Reads on; returns the place after the last whole row. */
    long read(long from, Rows rows) throws IOException {
        boolean csv = file.format() == DataFormat.CSV;
        CsvLine header = file.header();
        if (csv && header == null) {
            return from;
        }
        LogRow row = new LogRow();
        long end = from;
        try (InputStream in = file.open(from)) {
            LogLines lines = new LogLines(in, from, csv, limits.lineBytes());
            while (lines.next()) {
                if (Thread.interrupted()) {
                    throw new java.io.InterruptedIOException("Reading " + file.path() + " was interrupted.");
                }
                boolean whole = lines.terminated() || file.whole() || now - file.modified() > STILL_MILLIS;
                if (!whole) {
                    break;
                }
                end = lines.end();
                if (lines.length() == 0 && !lines.tooLong()) {
                    continue;
                }
                row.clear(lines.start());
                if (lines.tooLong() || !parsed(lines, header, row)) {
                    rows.broken(lines.start());
                } else if (header == null && CapturedRequest.is(row)) {
                    captured(row, rows);
                } else {
                    rows.row(row);
                }
            }
        }
        return end;
    }

    private void captured(LogRow line, Rows rows) {
        List<LogRow> captured = CapturedRequest.rows(line, inputs);
        if (captured == null) {
            rows.broken(line.offset());
        } else {
            captured.forEach(rows::row);
        }
    }

    private boolean parsed(LogLines lines, @CheckForNull CsvLine header, LogRow row) {
        return header == null
                ? JsonLine.read(
                        new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8), row, limits.columns())
                : header.read(lines.bytes(), lines.length(), row);
    }
}
