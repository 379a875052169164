package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.data.ColumnProfile;
import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.data.DataProfile;
import io.jenkins.mlops.data.NumberSummary;
import io.jenkins.mlops.data.ValueCount;
import io.jenkins.mlops.monitor.Severity;
import io.jenkins.mlops.monitor.drift.ColumnSample;
import io.jenkins.mlops.monitor.drift.TableSample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Holds a window's rows to what is expected of them; also the skew between training and serving, by the profile. */
public final class ExpectationCheck {
    /** Values beyond the ends of training by more than this share of its range are out of it. */
    private static final double SLACK = 0.1;

    private ExpectationCheck() {}

    /**
     * What live data are expected to be when a model was trained on data of a profile: the same columns and types, a
     * share of missing cells no more than 0.05 higher, numbers within the training range and a tenth of it on either
     * side (a hundredth of them may be outside), and where training had up to twenty values, no others.
     *
     * @param except columns that serving doesn't have, such as the label
     */
    public static List<Expectation> of(DataProfile profile, List<String> except) {
        List<Expectation> expectations = new ArrayList<>();
        for (ColumnProfile column : profile.columns()) {
            if (except.contains(column.name()) || column.type() == ColumnType.EMPTY || profile.rows() == 0) {
                continue;
            }
            double low = Double.NEGATIVE_INFINITY;
            double high = Double.POSITIVE_INFINITY;
            List<String> allowed = List.of();
            boolean numeric = column.type() == ColumnType.INTEGER || column.type() == ColumnType.NUMBER;
            NumberSummary numbers = column.numbers();
            if (numeric && numbers != null && numbers.count() > 0) {
                double slack = SLACK * (numbers.max() - numbers.min());
                low = numbers.min() - slack;
                high = numbers.max() + slack;
            } else if (!numeric
                    && column.distinctExact()
                    && column.distinct() == column.topValues().size()) {
                allowed = column.topValues().stream().map(ValueCount::value).toList();
            }
            expectations.add(new Expectation(
                    column.name(),
                    true,
                    numeric ? List.of(ColumnType.INTEGER, ColumnType.NUMBER) : List.of(column.type()),
                    Math.min(1, (double) column.nulls() / profile.rows() + 0.05),
                    low,
                    high,
                    allowed,
                    0.01,
                    Severity.WARNING));
        }
        return expectations;
    }

    /** Which expectations the rows fail. */
    public static List<ExpectationFinding> check(TableSample rows, List<Expectation> expectations) {
        List<ExpectationFinding> findings = new ArrayList<>();
        if (rows.rows() > 0) {
            for (Expectation expectation : expectations) {
                check(rows, expectation, findings);
            }
        }
        return findings;
    }

    private static void check(TableSample rows, Expectation expected, List<ExpectationFinding> findings) {
        if (!rows.has(expected.column())) {
            if (expected.required()) {
                findings.add(finding(expected, "presence", rows.rows(), "The column is not there."));
            }
            return;
        }
        ColumnSample column = rows.column(expected.column());
        long missing = rows.rows() - column.present();
        if ((double) missing / rows.rows() > expected.maxMissing()) {
            findings.add(finding(
                    expected,
                    "missing",
                    missing,
                    "Expected at most " + percent(expected.maxMissing()) + " missing cells, found "
                            + percent((double) missing / rows.rows()) + "."));
        }
        if (column.present() == 0) {
            return;
        }
        if (!expected.types().isEmpty() && !expected.types().contains(column.type())) {
            findings.add(finding(
                    expected,
                    "type",
                    column.present(),
                    "Expected the type " + expected.types() + ", found " + column.type() + "."));
            return;
        }
        outside(expected, column, column.outside(expected.min(), expected.max()), "range", findings);
        if (!expected.allowed().isEmpty()) {
            outside(expected, column, column.without(new HashSet<>(expected.allowed())), "values", findings);
        }
    }

    private static void outside(
            Expectation expected, ColumnSample column, long outside, String what, List<ExpectationFinding> findings) {
        double share = (double) outside / column.present();
        // What a sketch can't tell apart is not held against the data.
        if (outside > 0 && share - column.rankError() > expected.tolerated()) {
            String inside = what.equals("range")
                    ? "from " + expected.min() + " to " + expected.max() + " (found " + column.min() + " to "
                            + column.max() + ")"
                    : "among " + expected.allowed().size() + " known ones";
            findings.add(finding(
                    expected,
                    what,
                    outside,
                    "Expected values " + inside + "; " + percent(share) + " are outside, "
                            + percent(expected.tolerated()) + " may be."));
        }
    }

    private static ExpectationFinding finding(Expectation expected, String what, long rows, String message) {
        return new ExpectationFinding(expected.column(), what, expected.severity(), rows, message);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
