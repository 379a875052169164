package io.jenkins.mlops.evaluation;

import io.jenkins.mlops.evaluation.interval.Interval;
import io.jenkins.mlops.evaluation.interval.Intervals;
import java.util.function.IntPredicate;

/** Compares shares of right rows: Bonett and Price's paired interval, McNemar's test. */
final class PairedShares {
    private PairedShares() {}

    static void compare(MetricSet set, String name, int rows, IntPredicate first, IntPredicate second, double level) {
        compare(set, name, rows, first, second, row -> true, level);
    }

    /** As above, over the rows that belong. */
    static void compare(
            MetricSet set,
            String name,
            int rows,
            IntPredicate first,
            IntPredicate second,
            IntPredicate belongs,
            double level) {
        if (!set.wants(name)) {
            return;
        }
        long all = 0;
        long both = 0;
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int i = 0; i < rows; i++) {
            if (belongs.test(i)) {
                boolean a = first.test(i);
                boolean b = second.test(i);
                all++;
                both += a && b ? 1 : 0;
                onlyFirst += a && !b ? 1 : 0;
                onlySecond += b && !a ? 1 : 0;
            }
        }
        if (all > 0) {
            Interval interval = Intervals.pairedProportions(onlyFirst, onlySecond, all, level);
            set.compare(
                    name,
                    (double) (both + onlyFirst) / all,
                    (double) (both + onlySecond) / all,
                    new Interval(interval.lower(), interval.upper(), "bonett-price; mcnemar"),
                    Intervals.mcNemar(onlyFirst, onlySecond));
        }
    }
}
