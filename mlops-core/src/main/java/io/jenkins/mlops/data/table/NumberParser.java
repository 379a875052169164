package io.jenkins.mlops.data.table;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Parses numbers from UTF-8 without making strings; equal to {@link Double#parseDouble} bit for bit.
 *
 * <p>Accepted, with blanks and tabs around: decimal numbers ({@code 12}, {@code -.5}, {@code 1e-3}); {@code nan},
 * {@code inf} and {@code infinity} in any case and with a sign; {@code true} and {@code false} as {@code True}, {@code
 * TRUE} or {@code true}, which are 1 and 0. Not accepted, other than in Java: hexadecimal numbers and type suffixes.
 *
 * <p>Up to 19 digits are converted by Clinger's fast path or by the Eisel-Lemire method (Lemire, "Number Parsing at a
 * Gigabyte per Second", 2021); what these leave undecided goes to the JDK. Not thread safe.
 */
final class NumberParser {
    private static final double[] EXACT_POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private boolean valid;

    /** Whether the last parse found a number. */
    boolean valid() {
        return valid;
    }

    /** Parses {@code b[from..to)}; the result is NaN and {@link #valid()} false when there is no number. */
    double parse(byte[] b, int from, int to) {
        int i = from;
        int end = to;
        while (i < end && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        while (i < end && (b[end - 1] == ' ' || b[end - 1] == '\t')) {
            end--;
        }
        int start = i;
        valid = false;
        if (i == end) {
            return Double.NaN;
        }
        boolean negative = b[i] == '-';
        if (negative || b[i] == '+') {
            i++;
        }
        long mantissa = 0;
        int firstDigit = i;
        int c;
        while (i < end && (c = b[i] - '0') >= 0 && c <= 9) {
            mantissa = mantissa * 10 + c;
            i++;
        }
        int digits = i - firstDigit;
        int exponent = 0;
        if (i < end && b[i] == '.') {
            i++;
            int fraction = i;
            while (i < end && (c = b[i] - '0') >= 0 && c <= 9) {
                mantissa = mantissa * 10 + c;
                i++;
            }
            exponent = fraction - i;
            digits += i - fraction;
        }
        if (digits == 0) {
            return word(b, start, end);
        }
        if (i < end) {
            if ((b[i] | 0x20) != 'e') {
                return Double.NaN;
            }
            i++;
            boolean negativeExponent = i < end && b[i] == '-';
            if (i < end && (negativeExponent || b[i] == '+')) {
                i++;
            }
            if (i == end) {
                return Double.NaN;
            }
            int written = 0;
            for (; i < end; i++) {
                c = b[i] - '0';
                if (c < 0 || c > 9) {
                    return Double.NaN;
                }
                // Far beyond the range of a double already: the JDK decides what it rounds to.
                written = Math.min(written * 10 + c, 1_000_000);
            }
            exponent += negativeExponent ? -written : written;
        }
        valid = true;
        // Leading zeros count as digits here and may push an ordinary number to the JDK: rare, and still exact.
        if (digits > 19) {
            return viaJdk(b, start, end);
        }
        return convert(b, start, end, negative, mantissa, exponent);
    }

    private static double convert(byte[] b, int start, int end, boolean negative, long mantissa, int exponent) {
        // Both factors are exact doubles, so the one rounding of the product or quotient is the right one.
        if (mantissa >= 0 && mantissa <= 1L << 53 && exponent >= -22 && exponent <= 22) {
            double value = mantissa;
            value = exponent < 0 ? value / EXACT_POWERS_OF_TEN[-exponent] : value * EXACT_POWERS_OF_TEN[exponent];
            return negative ? -value : value;
        }
        if (mantissa == 0) {
            return negative ? -0.0 : 0.0;
        }
        if (exponent < PowersOfFive.SMALLEST || exponent > PowersOfFive.LARGEST) {
            return viaJdk(b, start, end);
        }
        long bits = eiselLemire(mantissa, exponent);
        return bits < 0 ? viaJdk(b, start, end) : Double.longBitsToDouble(negative ? bits | Long.MIN_VALUE : bits);
    }

    /** The bits of the double nearest to {@code mantissa * 10^exponent}, or -1 when undecided. */
    private static long eiselLemire(long mantissa, int exponent) {
        int zeros = Long.numberOfLeadingZeros(mantissa);
        long w = mantissa << zeros;
        int index = exponent - PowersOfFive.SMALLEST;
        long high = multiplyHighUnsigned(w, PowersOfFive.HIGH[index]);
        long low = w * PowersOfFive.HIGH[index];
        if ((high & 0x1FF) == 0x1FF) {
            long carry = multiplyHighUnsigned(w, PowersOfFive.LOW[index]);
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
        }
        if (low == -1L && (exponent < -27 || exponent > 55)) {
            return -1;
        }
        int upper = (int) (high >>> 63);
        long result = high >>> (upper + 9);
        // floor(exponent * log2(10)), exact in this range
        int power = ((217706 * exponent) >> 16) + 63 + upper - zeros + 1023;
        if (power <= 0 || power >= 0x7FE) {
            return -1;
        }
        // Half-way cases round to even; only these exponents can have them.
        if ((low == 0 || low == 1)
                && exponent >= -4
                && exponent <= 23
                && (result & 3) == 1
                && result << (upper + 9) == high) {
            result &= ~1L;
        }
        result += result & 1;
        result >>>= 1;
        if (result >= 1L << 53) {
            result = 1L << 52;
            power++;
        }
        return (result & ~(1L << 52)) | ((long) power << 52);
    }

    private static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    private static double viaJdk(byte[] b, int from, int to) {
        return Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
    }

    private double word(byte[] b, int from, int to) {
        if (to - from > 9) {
            return Double.NaN;
        }
        String text = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        valid = true;
        switch (text) {
            case "true", "True", "TRUE":
                return 1;
            case "false", "False", "FALSE":
                return 0;
            default:
                break;
        }
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        String unsigned = signed ? text.substring(1) : text;
        if (unsigned.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        valid = false;
        return Double.NaN;
    }

    /** The powers of five as 128-bit fractions; made when the first number needs them. */
    private static final class PowersOfFive {
        static final int SMALLEST = -342;
        static final int LARGEST = 308;
        static final long[] HIGH = new long[LARGEST - SMALLEST + 1];
        static final long[] LOW = new long[HIGH.length];

        static {
            BigInteger power = BigInteger.ONE;
            BigInteger five = BigInteger.valueOf(5);
            for (int q = 0; q <= LARGEST; q++) {
                store(q, power);
                power = power.multiply(five);
            }
            power = five;
            for (int q = -1; q >= SMALLEST; q--) {
                int bits = power.bitLength();
                // Rounded up, with bits to spare that store() cuts off, but exact to 128 bits where that matters.
                int scale = q >= -27 ? bits + 127 : 2 * bits + 128;
                store(q, BigInteger.ONE.shiftLeft(scale).divide(power).add(BigInteger.ONE));
                power = power.multiply(five);
            }
        }

        private static void store(int q, BigInteger value) {
            BigInteger top = value.shiftRight(value.bitLength() - 128);
            HIGH[q - SMALLEST] = top.shiftRight(64).longValue();
            LOW[q - SMALLEST] = top.longValue();
        }

        private PowersOfFive() {}
    }
}
