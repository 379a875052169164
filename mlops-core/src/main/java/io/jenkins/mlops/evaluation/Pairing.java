package io.jenkins.mlops.evaluation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.table.TextColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which row of the champion's file belongs to which of the candidate's.
 *
 * @param rows per candidate row the champion's row; null where both files have the same order
 * @param description how they were joined
 */
record Pairing(@CheckForNull int[] rows, String description) {
    private static final int EXAMPLES = 3;

    static Pairing of(PredictionsFile candidate, PredictionsFile champion, @CheckForNull String id) {
        if (id == null) {
            if (candidate.rows() != champion.rows()) {
                throw new EvaluationException("expected the same rows in both files, found " + candidate.rows() + " in "
                        + candidate.name() + " and " + champion.rows() + " in the champion's " + champion.name()
                        + "; predict on the same data, or name the id column that joins them");
            }
            return new Pairing(null, "row order, labels equal");
        }
        TextColumn mine = candidate.ids(id);
        TextColumn theirs = champion.ids(id);
        Map<String, Integer> rowOf = new HashMap<>();
        for (int row = 0; row < theirs.rows(); row++) {
            rowOf.put(theirs.value(row), row);
        }
        int[] rows = new int[mine.rows()];
        List<String> missing = new ArrayList<>();
        int without = 0;
        for (int row = 0; row < rows.length; row++) {
            Integer other = rowOf.remove(mine.value(row));
            if (other == null) {
                without++;
                if (missing.size() < EXAMPLES) {
                    missing.add(mine.value(row));
                }
            } else {
                rows[row] = other;
            }
        }
        if (without > 0) {
            throw new EvaluationException("expected every id of " + candidate.name() + " in the champion's "
                    + champion.name() + ", found " + without + " without, such as " + ClassNames.shown(missing)
                    + "; let both models predict on the same rows");
        }
        if (!rowOf.isEmpty()) {
            throw new EvaluationException("expected the same ids in both files, found " + rowOf.size()
                    + " only in the champion's " + champion.name() + ", such as "
                    + ClassNames.shown(
                            rowOf.keySet().stream().sorted().limit(EXAMPLES).toList())
                    + "; let both models predict on the same rows");
        }
        return new Pairing(rows, "column '" + id + "'");
    }

    /** The champion's rows in the candidate's order, after a look that the labels agree. */
    <R extends TaskRows<R>> R join(R candidate, R champion, PredictionsFile file, PredictionsFile championFile) {
        R ordered = rows == null ? champion : champion.subset(rows);
        int row = candidate.firstDifferentLabel(ordered);
        if (row >= 0) {
            int other = rows == null ? row : rows[row];
            throw new EvaluationException("expected the same label for the same row, found different ones in row "
                    + (row + 1L) + " of " + file.name() + " and row " + (other + 1L) + " of the champion's "
                    + championFile.name()
                    + (rows == null
                            ? "; the rows may be in another order: name the id column that joins them"
                            : "; the files are of different data"));
        }
        return ordered;
    }
}
