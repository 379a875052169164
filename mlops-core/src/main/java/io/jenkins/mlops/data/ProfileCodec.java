package io.jenkins.mlops.data;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a profile as bytes and reads it back; reading runs the checks of the records. */
final class ProfileCodec {
    private ProfileCodec() {}

    static void write(DataProfile profile, DataOutputStream out) throws IOException {
        out.writeLong(profile.rows());
        out.writeInt(profile.columns().size());
        for (ColumnProfile column : profile.columns()) {
            text(out, column.name());
            text(out, column.type().name());
            out.writeLong(column.nulls());
            out.writeLong(column.distinct());
            out.writeBoolean(column.distinctExact());
            NumberSummary numbers = column.numbers();
            out.writeBoolean(numbers != null);
            if (numbers != null) {
                write(numbers, out);
            }
            out.writeInt(column.minLength());
            out.writeInt(column.maxLength());
            out.writeInt(column.topValues().size());
            for (ValueCount value : column.topValues()) {
                text(out, value.value());
                out.writeLong(value.count());
                out.writeLong(value.error());
            }
        }
    }

    private static void write(NumberSummary numbers, DataOutputStream out) throws IOException {
        out.writeLong(numbers.count());
        out.writeLong(numbers.notFinite());
        out.writeDouble(numbers.min());
        out.writeDouble(numbers.max());
        out.writeDouble(numbers.mean());
        out.writeDouble(numbers.std());
        out.writeInt(numbers.quantiles().size());
        for (double quantile : numbers.quantiles()) {
            out.writeDouble(quantile);
        }
        out.writeDouble(numbers.quantileRankError());
    }

    static DataProfile read(DataInputStream in) throws IOException {
        long rows = in.readLong();
        List<ColumnProfile> columns = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            String name = text(in);
            ColumnType type = ColumnType.valueOf(text(in));
            long nulls = in.readLong();
            long distinct = in.readLong();
            boolean exact = in.readBoolean();
            NumberSummary numbers = in.readBoolean() ? readNumbers(in) : null;
            int minLength = in.readInt();
            int maxLength = in.readInt();
            List<ValueCount> top = new ArrayList<>();
            for (int k = in.readInt(); k > 0; k--) {
                top.add(new ValueCount(text(in), in.readLong(), in.readLong()));
            }
            columns.add(new ColumnProfile(name, type, nulls, distinct, exact, numbers, minLength, maxLength, top));
        }
        return new DataProfile(rows, columns);
    }

    private static NumberSummary readNumbers(DataInputStream in) throws IOException {
        long count = in.readLong();
        long notFinite = in.readLong();
        double min = in.readDouble();
        double max = in.readDouble();
        double mean = in.readDouble();
        double std = in.readDouble();
        List<Double> quantiles = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            quantiles.add(in.readDouble());
        }
        return new NumberSummary(count, notFinite, min, max, mean, std, quantiles, in.readDouble());
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] utf8 = in.readNBytes(length);
        if (utf8.length != length) {
            throw new IOException("text cut off");
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
