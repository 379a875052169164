package io.jenkins.mlops.monitor.quality;

import io.jenkins.mlops.data.ColumnType;
import io.jenkins.mlops.monitor.Expect;
import io.jenkins.mlops.monitor.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * What a column of live data is expected to be.
 *
 * @param column the column's name
 * @param required whether it must be there
 * @param types the types that it may have; empty for any
 * @param maxMissing the greatest share of missing cells, 1 for any
 * @param min no number is below; negative infinity for any
 * @param max no number is above; positive infinity for any
 * @param allowed the only values; empty for any
 * @param tolerated the greatest share of present cells that may be outside {@code min}, {@code max} or {@code allowed}
 * @param severity how severe it is when the column is otherwise
 */
public record Expectation(
        String column,
        boolean required,
        List<ColumnType> types,
        double maxMissing,
        double min,
        double max,
        List<String> allowed,
        double tolerated,
        Severity severity)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Expectation {
        Expect.name(column, "a column's name");
        types = Expect.list(types, "types", ColumnType.values().length);
        Expect.share(maxMissing, "a share of missing cells");
        Expect.that(min <= max, "a range in order", min + " to " + max);
        allowed = Expect.list(allowed, "allowed values", 10_000);
        Expect.share(tolerated, "a tolerated share");
        Expect.that(severity != null, "a severity", null);
    }

    /** That a column is there. */
    public static Expectation present(String column) {
        return new Expectation(
                column,
                true,
                List.of(),
                1,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                List.of(),
                0,
                Severity.CRITICAL);
    }

    /** The same for a column that need not be there. */
    public Expectation optional() {
        return new Expectation(column, false, types, maxMissing, min, max, allowed, tolerated, severity);
    }
}
