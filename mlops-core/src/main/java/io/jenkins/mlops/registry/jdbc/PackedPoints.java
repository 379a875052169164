package io.jenkins.mlops.registry.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Points of metrics in one value of a column.
 *
 * <p>A byte 1 for the format, then groups to the end: the metric's id, the number of points, and for each point the
 * step and the time as differences from those of the point before, across groups (all these as variable-length
 * integers of 7 bits a byte, lowest first, the differences zigzag), then the value's 8 bytes, highest first.
 */
final class PackedPoints {
    private static final byte FORMAT = 1;

    private PackedPoints() {}

    /** A point of the metric with this id. */
    record Point(long metric, long step, long millis, double value) {
        /** Orders the points of one metric; the greatest is its last value. */
        static final Comparator<Point> ORDER = Comparator.comparingLong(Point::step)
                .thenComparingLong(Point::millis)
                .thenComparingDouble(Point::value);

        static final Comparator<Point> BY_METRIC =
                Comparator.comparingLong(Point::metric).thenComparing(ORDER);
    }

    /** Packs points; those of one metric stand together. */
    static byte[] pack(List<Point> points) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 + points.size() * 14);
        out.write(FORMAT);
        long step = 0;
        long millis = 0;
        for (int from = 0; from < points.size(); ) {
            long metric = points.get(from).metric();
            int to = from + 1;
            while (to < points.size() && points.get(to).metric() == metric) {
                to++;
            }
            write(out, metric);
            write(out, to - from);
            for (Point point : points.subList(from, to)) {
                write(out, zigzag(point.step() - step));
                write(out, zigzag(point.millis() - millis));
                step = point.step();
                millis = point.millis();
                long bits = Double.doubleToRawLongBits(point.value());
                for (int shift = 56; shift >= 0; shift -= 8) {
                    out.write((int) (bits >>> shift));
                }
            }
            from = to;
        }
        return out.toByteArray();
    }

    /** Unpacks all points, as they were packed. */
    static List<Point> unpack(byte[] packed) throws SQLException {
        return unpack(packed, 0);
    }

    /** Unpacks the points of one metric; 0 for all. */
    static List<Point> unpack(byte[] packed, long only) throws SQLException {
        try {
            ByteBuffer in = ByteBuffer.wrap(packed);
            byte format = in.get();
            if (format != FORMAT) {
                throw damaged("has the format " + format + ", known is " + FORMAT, null);
            }
            List<Point> points = new ArrayList<>();
            long step = 0;
            long millis = 0;
            while (in.hasRemaining()) {
                long metric = read(in);
                long count = read(in);
                for (long i = 0; i < count; i++) {
                    step += unzigzag(read(in));
                    millis += unzigzag(read(in));
                    double value = in.getDouble();
                    if (only == 0 || only == metric) {
                        points.add(new Point(metric, step, millis, value));
                    }
                }
            }
            return points;
        } catch (java.nio.BufferUnderflowException e) {
            throw damaged("ends too early, after " + packed.length + " bytes", e);
        }
    }

    private static SQLException damaged(String how, Throwable cause) {
        return new SQLException("A row of packed metric points " + how, "22000", cause);
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static void write(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long read(ByteBuffer in) throws SQLException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("has a number of more than 64 bits", null);
    }
}
