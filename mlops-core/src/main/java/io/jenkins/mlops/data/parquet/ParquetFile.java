package io.jenkins.mlops.data.parquet;

import io.jenkins.mlops.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An open Parquet file.
 *
 * <p>Read are flat columns, also within groups that are not repeated (named with dots), of all stored types; all
 * encodings of the specification but the long deprecated BIT_PACKED; uncompressed, Snappy, gzip, Zstandard and raw LZ4.
 * Lists, maps, encrypted files and the other compressions are refused by name. Safe for several threads.
 */
public final class ParquetFile implements Closeable {
    private static final int MAGIC = 0x31524150; // PAR1
    private static final int ENCRYPTED = 0x45524150; // PARE
    private static final int TAIL = 8;
    private static final int MAX_FOOTER = 256 << 20;

    private final String name;
    private final FileChannel channel;
    private final Footer footer;

    private ParquetFile(String name, FileChannel channel, Footer footer) {
        this.name = name;
        this.channel = channel;
        this.footer = footer;
    }

    /**
     * Opens a file and reads its footer.
     *
     * @param maxColumns the most columns that the file may have
     * @throws DataException when the file is no Parquet file, is truncated or encrypted
     */
    public static ParquetFile open(Path file, int maxColumns) throws IOException {
        String name = String.valueOf(file.getFileName());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ParquetFile(name, channel, footer(name, channel, maxColumns));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Footer footer(String name, FileChannel channel, int maxColumns) throws IOException {
        long size = channel.size();
        if (size == 0) {
            throw new DataException(name + ": expected a Parquet file, found an empty one.");
        }
        byte[] head = read(channel, 0, (int) Math.min(4, size));
        byte[] tail = read(channel, Math.max(0, size - TAIL), (int) Math.min(TAIL, size));
        boolean starts = little(head, 0) == MAGIC || little(head, 0) == ENCRYPTED;
        if (!starts) {
            throw new DataException(name + ": expected a Parquet file, which starts with PAR1, found something else.");
        }
        int end = tail.length == TAIL ? little(tail, 4) : 0;
        if (end == ENCRYPTED || little(head, 0) == ENCRYPTED) {
            throw new DataException(
                    name + ": expected a Parquet file in clear, found an encrypted one. Decrypt it first.");
        }
        int length = tail.length == TAIL ? little(tail, 0) : 0;
        if (end != MAGIC || length <= 0 || length > size - TAIL - 4) {
            throw new DataException(name
                    + ": expected a whole Parquet file, which ends with a footer and PAR1, found one"
                    + " of " + size + " bytes that does not. It is truncated or was not closed by its writer. Write it"
                    + " again.");
        }
        if (length > MAX_FOOTER) {
            throw new DataException(
                    name + ": expected a footer of at most " + MAX_FOOTER + " bytes, found " + length + ".");
        }
        byte[] bytes = read(channel, size - TAIL - length, length);
        Footer footer;
        try {
            footer = Footer.parse(bytes, length, maxColumns);
        } catch (DamagedException | IndexOutOfBoundsException e) {
            throw new DataException(name + ": expected a readable Parquet footer, found that " + reason(e) + ".", e);
        }
        if (footer.encrypted()) {
            throw new DataException(
                    name + ": expected a Parquet file in clear, found an encrypted one. Decrypt it first.");
        }
        return footer;
    }

    private static byte[] read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // reads on
        }
        return buffer.array();
    }

    private static int little(byte[] b, int at) {
        return b.length < at + 4
                ? 0
                : b[at] & 0xFF | (b[at + 1] & 0xFF) << 8 | (b[at + 2] & 0xFF) << 16 | b[at + 3] << 24;
    }

    /** The names of all columns, those that cannot be read included. */
    public List<String> columns() {
        List<String> names = new ArrayList<>();
        for (Leaf leaf : footer.leaves()) {
            names.add(leaf.name());
        }
        return names;
    }

    /**
     * Refuses a column that cannot be read.
     *
     * @throws DataException when it cannot; the message says why
     */
    public void requireReadable(int column) throws DataException {
        Leaf leaf = footer.leaves().get(column);
        if (leaf.unreadable() != null) {
            throw new DataException(name + ", column \"" + leaf.name()
                    + "\": expected a flat column of numbers, truth values or text, found that " + leaf.unreadable()
                    + ". Write the wanted values as a flat column.");
        }
    }

    /** Whether a column can be read. */
    public boolean readable(int column) {
        return footer.leaves().get(column).unreadable() == null;
    }

    /** How many rows there are. */
    public long rows() {
        return footer.rows();
    }

    /** How many row groups there are. */
    public int rowGroups() {
        return footer.rowGroups().size();
    }

    /** How many rows a row group has. */
    public long rows(int rowGroup) {
        return footer.rowGroups().get(rowGroup).rows();
    }

    /**
     * Gives the values of one column in one row group to a sink: exactly as many as the group has rows.
     *
     * @throws DataException when the column cannot be read or is damaged
     * @throws X what the sink throws
     */
    public <X extends Exception> void read(int rowGroup, int column, ValueSink<X> sink) throws IOException, X {
        requireReadable(column);
        Leaf leaf = footer.leaves().get(column);
        RowGroup group = footer.rowGroups().get(rowGroup);
        ColumnChunk chunk = group.columns().get(column);
        String place = name + ", column \"" + leaf.name() + "\", row group " + (rowGroup + 1);
        if (chunk.external()) {
            throw new DataException(place
                    + ": expected the values in the file itself and in clear, found them elsewhere or" + " encrypted.");
        }
        try {
            Codec codec = Codec.of(chunk.codec());
            if (!codec.supported()) {
                throw new DataException(place + ": expected no compression, Snappy, gzip, Zstandard or raw LZ4, found "
                        + codec + ". Write the file with another compression.");
            }
            if (chunk.values() != group.rows()) {
                throw new DamagedException(chunk.values() + " values for " + group.rows() + " rows");
            }
            new ColumnChunkReader(channel, leaf, chunk).read(sink);
        } catch (DamagedException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // The bounds checks of the machine are the last of the checks of a damaged page.
            throw new DataException(place + ": expected readable values, found " + reason(e) + ".", e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof DamagedException ? e.getMessage() : "that they are damaged";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
