package io.jenkins.mlops.data.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Reads the pages of one column chunk, one after the other. */
final class ColumnChunkReader {
    /** The most bytes that a page may have, compressed or not. */
    static final int MAX_PAGE_BYTES = 256 << 20;

    private static final int HEADER_LOOK = 512;
    private static final int MAX_HEADER = 1 << 20;

    private final FileChannel channel;
    private final Leaf leaf;
    private final ColumnChunk chunk;
    private final Codec codec;
    private final ValueDecoder decoder;
    private final long end;
    private long position;
    private byte[] raw = new byte[0];
    private byte[] page = new byte[0];
    private int[] levels = new int[0];
    private int[] indexes = new int[0];
    private Values dictionary;
    private final Values own = new Values();

    ColumnChunkReader(FileChannel channel, Leaf leaf, ColumnChunk chunk) throws IOException, DamagedException {
        this.channel = channel;
        this.leaf = leaf;
        this.chunk = chunk;
        this.codec = Codec.of(chunk.codec());
        this.decoder = new ValueDecoder(leaf);
        this.position = chunk.start();
        this.end = chunk.start() + chunk.bytes();
        if (chunk.start() < 4 || chunk.bytes() < 0 || end > channel.size()) {
            throw new DamagedException("a column that lies outside of the file");
        }
    }

    /** Gives all values to the sink. */
    <X extends Exception> void read(ValueSink<X> sink) throws IOException, DamagedException, X {
        ValueWriter<X> writer = new ValueWriter<>(leaf, sink);
        long done = 0;
        while (done < chunk.values()) {
            PageHeader header = header();
            byte[] compressed = compressed(header);
            switch (header.type) {
                case PageHeader.DICTIONARY:
                    dictionary(header, compressed);
                    break;
                case PageHeader.DATA:
                    decompress(header, compressed, 0, header.compressed, header.size);
                    dataV1(header, writer);
                    done += header.values;
                    break;
                case PageHeader.DATA_V2:
                    dataV2(header, compressed, writer);
                    done += header.values;
                    break;
                default:
                    // Index pages and what later versions bring are passed over, as the specification asks.
                    break;
            }
        }
        if (done != chunk.values()) {
            throw new DamagedException("pages with more values than the column has");
        }
    }

    private PageHeader header() throws IOException, DamagedException {
        for (int look = HEADER_LOOK; ; look *= 8) {
            int length = (int) Math.min(look, end - position);
            if (length <= 0) {
                throw new DamagedException("fewer pages than the column has values for");
            }
            raw = room(raw, length);
            readFully(raw, length, position);
            try {
                PageHeader header = PageHeader.parse(raw, 0, length);
                position += header.length;
                return header;
            } catch (DamagedException e) {
                // Statistics can make a header long; one that is still cut off with all there is is damaged.
                if (length < look || look > MAX_HEADER) {
                    throw e;
                }
            }
        }
    }

    private byte[] compressed(PageHeader header) throws IOException, DamagedException {
        if (header.compressed > end - position || header.compressed > MAX_PAGE_BYTES) {
            throw new DamagedException("a page that is cut off or larger than " + MAX_PAGE_BYTES + " bytes");
        }
        if (header.size > MAX_PAGE_BYTES) {
            throw new DamagedException("a page of more than " + MAX_PAGE_BYTES + " bytes");
        }
        raw = room(raw, header.compressed);
        readFully(raw, header.compressed, position);
        position += header.compressed;
        if (header.hasCrc) {
            CRC32 crc = new CRC32();
            crc.update(raw, 0, header.compressed);
            if ((int) crc.getValue() != header.crc) {
                throw new DamagedException("a page with a wrong check sum");
            }
        }
        return raw;
    }

    private void readFully(byte[] into, int length, long from) throws IOException, DamagedException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new DamagedException("a column that is cut off");
            }
            at += read;
        }
    }

    private static byte[] room(byte[] array, int length) {
        return array.length >= length ? array : new byte[Math.max(length, array.length + (array.length >> 1))];
    }

    private void decompress(PageHeader header, byte[] from, int start, int length, int size) throws DamagedException {
        Codec by = header.isCompressed ? codec : Codec.UNCOMPRESSED;
        if (size > by.most(length)) {
            throw new DamagedException("a page of " + length + " bytes that claims to stand for " + size);
        }
        page = room(page, size);
        by.decompress(from, start, length, page, 0, size);
    }

    private void dictionary(PageHeader header, byte[] compressed) throws DamagedException {
        if (header.values > header.size && header.values > 0 && leaf.type() != PhysicalType.BOOLEAN) {
            throw new DamagedException("a dictionary of more values than bytes");
        }
        decompress(header, compressed, 0, header.compressed, header.size);
        // The dictionary outlives the buffer of the page.
        byte[] copy = Arrays.copyOf(page, header.size);
        dictionary = new Values();
        decoder.decode(ValueDecoder.PLAIN, copy, 0, copy.length, header.values, dictionary);
    }

    private <X extends Exception> void dataV1(PageHeader header, ValueWriter<X> writer) throws DamagedException, X {
        int p = 0;
        int n = header.values;
        requireCount(n);
        boolean optional = leaf.maxDefinition() > 0;
        if (optional) {
            if (header.levelEncoding != ValueDecoder.RLE) {
                throw new DamagedException(
                        "levels in the encoding " + header.levelEncoding + ", which is not supported");
            }
            if (header.size < 4) {
                throw new DamagedException("a page whose levels are cut off");
            }
            int length = page[0] & 0xFF | (page[1] & 0xFF) << 8 | (page[2] & 0xFF) << 16 | page[3] << 24;
            if (length < 0 || length > header.size - 4) {
                throw new DamagedException("a page whose levels are cut off");
            }
            levels(4, 4 + length, n);
            p = 4 + length;
        }
        values(header.encoding, p, header.size, n, optional, writer);
    }

    private <X extends Exception> void dataV2(PageHeader header, byte[] compressed, ValueWriter<X> writer)
            throws DamagedException, X {
        int n = header.values;
        requireCount(n);
        int before = header.repetitionBytes + header.definitionBytes;
        if (header.repetitionBytes < 0
                || header.definitionBytes < 0
                || before > header.compressed
                || before > header.size) {
            throw new DamagedException("a page whose levels are cut off");
        }
        boolean optional = leaf.maxDefinition() > 0;
        if (optional) {
            page = room(page, before);
            System.arraycopy(compressed, 0, page, 0, before);
            levels(header.repetitionBytes, before, n);
        }
        int size = header.size - before;
        int length = header.compressed - before;
        if (length == 0 && size == 0) {
            values(header.encoding, 0, 0, n, optional, writer);
            return;
        }
        decompress(header, compressed, before, length, size);
        values(header.encoding, 0, size, n, optional, writer);
    }

    private void requireCount(int n) throws DamagedException {
        if (n > chunk.values()) {
            throw new DamagedException("pages with more values than the column has");
        }
    }

    private void levels(int from, int to, int n) throws DamagedException {
        if (levels.length < n) {
            levels = new int[n];
        }
        int width = 32 - Integer.numberOfLeadingZeros(leaf.maxDefinition());
        HybridReader.read(page, from, to, width, n, levels);
    }

    private <X extends Exception> void values(
            int encoding, int from, int to, int n, boolean optional, ValueWriter<X> writer) throws DamagedException, X {
        int present = n;
        if (optional) {
            present = 0;
            for (int i = 0; i < n; i++) {
                present += levels[i] == leaf.maxDefinition() ? 1 : 0;
            }
        }
        boolean indexed = encoding == ValueDecoder.RLE_DICTIONARY || encoding == ValueDecoder.PLAIN_DICTIONARY;
        if (indexed) {
            indexes(from, to, present);
        } else {
            decoder.decode(encoding, page, from, to, present, own);
        }
        Values values = indexed ? dictionary : own;
        int next = 0;
        for (int i = 0; i < n; i++) {
            if (optional && levels[i] != leaf.maxDefinition()) {
                writer.missing();
            } else {
                writer.value(values, indexed ? indexes[next] : next);
                next++;
            }
        }
    }

    private void indexes(int from, int to, int present) throws DamagedException {
        if (dictionary == null) {
            throw new DamagedException("a page that needs a dictionary, without one");
        }
        if (present == 0) {
            return;
        }
        if (indexes.length < present) {
            indexes = new int[present];
        }
        if (from >= to) {
            throw new DamagedException("a page whose indexes are cut off");
        }
        HybridReader.read(page, from + 1, to, page[from], present, indexes);
        for (int i = 0; i < present; i++) {
            if (indexes[i] < 0 || indexes[i] >= dictionary.count) {
                throw new DamagedException("an index beyond the dictionary");
            }
        }
    }
}
