package io.jenkins.mlops.data.table;

import io.jenkins.mlops.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a text file: decompressed when gzipped, without a UTF-8 byte order mark, with a look at its start. */
final class TextFile implements Closeable {
    private static final int FIRST_LOOK = 64 << 10;

    private final String fileName;
    private final FileChannel channel;
    private final InputStream in;
    private byte[] head = new byte[0];
    private int headLength;
    private boolean whole;
    private final int mark;

    TextFile(Path file) throws IOException {
        fileName = String.valueOf(file.getFileName());
        channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            InputStream raw = new ChannelInput(channel);
            byte[] magic = raw.readNBytes(2);
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(magic), raw);
            boolean zipped = magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
            in = zipped ? unzip(all) : raw;
            if (!zipped) {
                head = magic;
                headLength = magic.length;
            }
            look(FIRST_LOOK);
            mark = skipMark();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private InputStream unzip(InputStream zipped) throws IOException {
        try {
            return new GZIPInputStream(zipped, 64 << 10);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private DataException damaged(IOException e) {
        return new DataException(
                fileName + ": expected a whole gzip file, found one that is truncated or damaged (" + e.getMessage()
                        + "). Write it again.",
                e);
    }

    /** Reads on until {@code length} bytes are in the head or the file ends. */
    void look(int length) throws IOException {
        if (head.length < length) {
            head = Arrays.copyOf(head, length);
        }
        try {
            while (!whole && headLength < length) {
                int read = in.read(head, headLength, length - headLength);
                if (read < 0) {
                    whole = true;
                } else {
                    headLength += read;
                }
            }
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    private int skipMark() throws DataException {
        int first = headLength < 2 ? 0 : (head[0] & 0xFF) << 8 | head[1] & 0xFF;
        if (first == 0xFEFF || first == 0xFFFE) {
            throw new DataException(
                    fileName + ": expected UTF-8, found UTF-16 (by its byte order mark). Save the file as UTF-8.");
        }
        boolean marked = headLength >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
        if (marked) {
            headLength -= 3;
            System.arraycopy(head, 3, head, 0, headLength);
        }
        return marked ? 3 : 0;
    }

    byte[] head() {
        return head;
    }

    int headLength() {
        return headLength;
    }

    /** Whether the head is the whole file. */
    boolean whole() {
        return whole;
    }

    /** The source of chunks from a place in the head on; takes the head over. */
    ChunkSource chunksFrom(int start, boolean quoted, int target, int maxLineBytes) {
        byte[] rest = Arrays.copyOfRange(head, start, headLength);
        head = new byte[0];
        return new ChunkSource(in, rest, rest.length, (long) mark + start, quoted, target, maxLineBytes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads through one small direct buffer, which stays in the processor's cache. */
    private static final class ChannelInput extends InputStream {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);

        ChannelInput(FileChannel channel) {
            this.channel = channel;
            buffer.flip();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int read = channel.read(buffer);
                buffer.flip();
                if (read <= 0) {
                    return read == 0 && length == 0 ? 0 : -1;
                }
            }
            int copied = Math.min(length, buffer.remaining());
            buffer.get(into, offset, copied);
            return copied;
        }
    }
}
