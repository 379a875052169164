package io.jenkins.mlops.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers for people: four decimals where that tells enough, significant digits where it doesn't. */
public final class Figures {
    private Figures() {}

    /**
     * A value as a table shows it: {@code 0.9532}, {@code 12.35}, {@code 48213}, {@code 1.2e-05}, {@code NaN}. A value
     * just below 1 is never rounded up to it.
     */
    public static String format(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (size == 0) {
            return "0";
        }
        if (size < 1e-3 || size >= 1e9) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        if (size < 1) {
            int digits = 4;
            while (digits < 16 && Math.abs(round(value, digits)) >= 1) {
                digits++;
            }
            return decimals(value, digits);
        }
        return size == Math.rint(size)
                ? Long.toString((long) value)
                : new BigDecimal(value)
                        .round(new MathContext(size < 1e4 ? 5 : 10, RoundingMode.HALF_EVEN))
                        .setScale(size < 10 ? 4 : size < 100 ? 3 : size < 1e3 ? 2 : 1, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /** So many of a thing: {@code 1 row}, {@code 1,200 rows}. The noun takes an s. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    private static double round(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static String decimals(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }
}
