package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.DataFormat;
import io.jenkins.mlops.monitor.Expect;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * A file of labels and the columns that matter in it.
 *
 * @param idColumn the column of the id of the prediction that a row labels
 * @param labelColumn the column of the label
 * @param timeColumn the column of the time that a label was given, by which the youngest of an id counts; empty to have the
 *     last one count
 * @param most the most labels that are taken; of more, the last ones count
 */
public record LabelFile(String idColumn, String labelColumn, String timeColumn, int most) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most labels of a monitor. */
    public static final int LABELS = 1_000_000;

    public LabelFile {
        Expect.name(idColumn, "the column of the id");
        Expect.name(labelColumn, "the column of the label");
        Expect.text(timeColumn, "a column's name", Expect.NAME);
        Expect.that(most >= 1 && most <= LABELS, "1 to " + LABELS + " labels", most);
    }

    /**
     * What a file brought.
     *
     * @param labels its labels, packed
     * @param rows its rows
     * @param dropped labels beyond the most, the first ones
     * @param broken lines that are no row, and rows without id, label or, where one is asked for, time
     */
    public record Content(PackedLabels labels, long rows, long dropped, long broken) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Content {
            Expect.present(labels, "labels");
            Expect.notNegative(rows, "rows");
            Expect.notNegative(dropped, "dropped labels");
            Expect.notNegative(broken, "broken rows");
        }
    }

    /**
     * Reads a file (CSV, JSON Lines or Parquet, by its name), row by row.
     *
     * @throws IOException when it can't be read, or is of another kind; the message says what was expected
     */
    public Content read(Path file) throws IOException {
        ReadingLimits limits = ReadingLimits.DEFAULT;
        LogFile log = LogFile.at(
                LogFolder.found(String.valueOf(file.getFileName()), file), DataFormat.OTHER, limits.lineBytes());
        if (log.format() == DataFormat.OTHER || log.withoutHeader()) {
            throw new DataException("Expected labels in CSV with a header, JSON Lines or Parquet, found "
                    + file.getFileName() + (log.withoutHeader() ? " without a header." : "."));
        }
        var header = log.header();
        if (header != null) {
            for (String column : new String[] {idColumn, labelColumn, timeColumn}) {
                if (!column.isEmpty() && !header.names().contains(column)) {
                    throw new DataException("Expected a column '" + column + "' in " + file.getFileName() + ", found "
                            + header.names() + ".");
                }
            }
        }
        Taking taking = new Taking();
        if (log.format() == DataFormat.PARQUET) {
            new ParquetRows(log, limits).read(0, taking);
        } else {
            new RowReader(log, limits, Long.MAX_VALUE).read(log.dataStart(), taking);
        }
        return new Content(taking.labels.pack(), taking.rows, taking.labels.dropped(), taking.broken);
    }

    private final class Taking implements RowReader.Rows {
        private final Labels labels = new Labels(most);
        private long rows;
        private long broken;

        @Override
        public void row(LogRow row) {
            rows++;
            String id = row.text(idColumn);
            String label = row.text(labelColumn);
            Long time = timeColumn.isEmpty() ? Long.valueOf(Labels.UNTIMED) : RowTimes.parse(row.text(timeColumn));
            if (id == null || label == null || label.length() > Expect.NAME || time == null) {
                broken++;
            } else {
                labels.put(IdTable.hash(id), label, time);
            }
        }

        @Override
        public void broken(long offset) {
            broken++;
        }
    }
}
