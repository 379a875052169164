package io.jenkins.mlops.monitor.window;

import io.jenkins.mlops.monitor.Expect;
import java.io.Serializable;
import java.util.List;

/**
 * Which labels are joined to which predictions.
 *
 * @param predictions the prediction logs; their id column is needed
 * @param labels the labels; their id column is needed, their files may be anywhere below the same folder
 * @param labelColumn the column of the label in {@code labels}
 * @param columns the columns of the predictions to keep, such as the score and what slices are cut by
 * @param fromMillis predictions before are left out; {@link Long#MIN_VALUE} for none. Needs a time column
 * @param toMillis predictions from here on are left out; {@link Long#MAX_VALUE} for none
 * @param ids the most ids of labels, and as many of predictions; beyond, the join is refused
 */
public record JoinTask(
        LogSource predictions,
        LogSource labels,
        String labelColumn,
        List<String> columns,
        long fromMillis,
        long toMillis,
        int ids)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ten million labels: some 400 MB. */
    public static final int IDS = 10_000_000;

    public JoinTask {
        predictions = Expect.present(predictions, "predictions");
        labels = Expect.present(labels, "labels");
        Expect.name(predictions.idColumn(), "the id column of the predictions");
        Expect.name(labels.idColumn(), "the id column of the labels");
        Expect.name(labelColumn, "the column of the label");
        columns = Expect.list(columns, "columns", 1_000);
        Expect.that(
                !columns.contains(labelColumn) && !columns.contains(predictions.idColumn()),
                "other columns than the id and the label",
                columns);
        Expect.that(fromMillis <= toMillis, "a span in order", fromMillis + " to " + toMillis);
        Expect.that(
                fromMillis == Long.MIN_VALUE && toMillis == Long.MAX_VALUE
                        || !predictions.timeColumn().isEmpty(),
                "a time column for a span of time",
                "none");
        Expect.that(ids >= 1 && ids <= 100_000_000, "1 to 100000000 ids", ids);
    }
}
