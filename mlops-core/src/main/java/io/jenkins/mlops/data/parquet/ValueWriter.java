package io.jenkins.mlops.data.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Gives stored values to a sink as what they mean. */
final class ValueWriter<X extends Exception> {
    private static final long NANOS = 1_000_000_000L;
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long SECONDS_OF_A_DAY = 86_400;

    private final Leaf leaf;
    private final ValueSink<X> sink;

    ValueWriter(Leaf leaf, ValueSink<X> sink) {
        this.leaf = leaf;
        this.sink = sink;
    }

    void missing() throws X {
        sink.missing();
    }

    void value(Values values, int index) throws DamagedException, X {
        switch (leaf.type()) {
            case BOOLEAN:
                sink.bool(values.longs[index] != 0);
                break;
            case INT32, INT64:
                whole(values.longs[index]);
                break;
            case FLOAT, DOUBLE:
                sink.number(values.doubles[index]);
                break;
            case INT96:
                int96(values.bytes, values.starts[index]);
                break;
            default:
                bytes(values.bytes, values.starts[index], values.lengths[index]);
        }
    }

    private void whole(long value) throws DamagedException, X {
        switch (leaf.meaning()) {
            case UNSIGNED:
                unsigned(value);
                break;
            case DECIMAL:
                sink.number(BigDecimal.valueOf(value, leaf.scale()).doubleValue());
                break;
            case DATE:
                text(date(value));
                break;
            case TIME:
                text(LocalTime.ofNanoOfDay(
                                Math.floorMod(value, SECONDS_OF_A_DAY * leaf.ticks()) * (NANOS / leaf.ticks()))
                        .toString());
                break;
            case TIMESTAMP:
                long seconds = Math.floorDiv(value, leaf.ticks());
                long nanos = Math.floorMod(value, leaf.ticks()) * (NANOS / leaf.ticks());
                text(time(seconds, nanos));
                break;
            default:
                sink.integer(value);
        }
    }

    private void unsigned(long value) throws X {
        if (leaf.type() == PhysicalType.INT32) {
            sink.integer(value & 0xFFFF_FFFFL);
        } else if (value >= 0) {
            sink.integer(value);
        } else {
            sink.number(new BigDecimal(Long.toUnsignedString(value)).doubleValue());
        }
    }

    private static String date(long days) throws DamagedException {
        try {
            return LocalDate.ofEpochDay(days).toString();
        } catch (DateTimeException e) {
            throw new DamagedException("a date out of range");
        }
    }

    private String time(long seconds, long nanos) throws DamagedException {
        try {
            return leaf.utc()
                    ? Instant.ofEpochSecond(seconds, nanos).toString()
                    : LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC)
                            .toString();
        } catch (DateTimeException e) {
            throw new DamagedException("a time out of range");
        }
    }

    /** The time stamp of older writers: nanoseconds of the day, then the Julian day. */
    private void int96(byte[] b, int at) throws DamagedException, X {
        long nanos = 0;
        for (int i = 7; i >= 0; i--) {
            nanos = nanos << 8 | b[at + i] & 0xFF;
        }
        long day = 0;
        for (int i = 11; i >= 8; i--) {
            day = day << 8 | b[at + i] & 0xFF;
        }
        text(time(
                (day - JULIAN_DAY_OF_1970) * SECONDS_OF_A_DAY + Math.floorDiv(nanos, NANOS),
                Math.floorMod(nanos, NANOS)));
    }

    private void bytes(byte[] b, int at, int length) throws X {
        switch (leaf.meaning()) {
            case DECIMAL:
                BigInteger unscaled =
                        length == 0 ? BigInteger.ZERO : new BigInteger(Arrays.copyOfRange(b, at, at + length));
                sink.number(new BigDecimal(unscaled, leaf.scale()).doubleValue());
                break;
            case FLOAT16:
                sink.number(half(b[at] & 0xFF | (b[at + 1] & 0xFF) << 8));
                break;
            case UUID:
                StringBuilder hex = new StringBuilder(java.util.HexFormat.of().formatHex(b, at, at + length));
                for (int dash : new int[] {20, 16, 12, 8}) {
                    hex.insert(dash, '-');
                }
                text(hex.toString());
                break;
            default:
                sink.text(b, at, at + length);
        }
    }

    /** IEEE 754 binary16. */
    private static double half(int bits) {
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, -24);
        } else {
            magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    private void text(String text) throws X {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        sink.text(utf8, 0, utf8.length);
    }
}
