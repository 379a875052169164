package io.jenkins.plugins.mlops.registry.lineage.chart;

import java.util.ArrayList;
import java.util.List;

/** A linear scale from values to a drawing's coordinates, with ticks at round values. */
final class Scale {
    private final double from;
    private final double to;
    private final double start;
    private final double end;

    private Scale(double from, double to, double start, double end) {
        this.from = from;
        this.to = to;
        this.start = start;
        this.end = end;
    }

    /** A scale over exactly these values; a single value gets room on both sides. */
    static Scale over(double lowest, double highest, double start, double end) {
        if (lowest < highest) {
            return new Scale(lowest, highest, start, end);
        }
        double room = lowest == 0 ? 1 : Math.abs(lowest) * 0.1;
        return new Scale(lowest - room, lowest + room, start, end);
    }

    /** A scale over these values, widened to the next round ones. */
    static Scale around(double lowest, double highest, double start, double end) {
        Scale exact = over(lowest, highest, start, end);
        double step = step(exact.to - exact.from, 4);
        return new Scale(Math.floor(exact.from / step) * step, Math.ceil(exact.to / step) * step, start, end);
    }

    /** Where a value lies; values outside are drawn on the edge. */
    double at(double value) {
        double share = (value - from) / (to - from);
        return start + Math.max(0, Math.min(1, share)) * (end - start);
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /** About as many ticks as wanted, at multiples of 1, 2 or 5 times a power of ten. */
    List<Tick> ticks(int wanted) {
        return ticks(step(to - from, wanted));
    }

    /** As {@link #ticks}, at whole numbers only. */
    List<Tick> wholeTicks(int wanted) {
        return ticks(Math.max(1, step(to - from, wanted)));
    }

    private List<Tick> ticks(double step) {
        List<Tick> ticks = new ArrayList<>();
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor(to / step + 1e-9);
        for (long i = first; i <= last; i++) {
            double value = i * step;
            ticks.add(new Tick(at(value), label(value, step)));
        }
        return ticks;
    }

    private static double step(double range, int wanted) {
        double rough = range / Math.max(1, wanted);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (rough <= factor * power * 1.0001) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value, double step) {
        double size = Math.max(Math.abs(value), step);
        if (size >= 1e6 || size < 1e-4) {
            return value == 0 ? "0" : NumberText.general(value);
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(java.util.Locale.ENGLISH, "%,." + decimals + "f", value == 0 ? 0.0 : value);
    }
}
