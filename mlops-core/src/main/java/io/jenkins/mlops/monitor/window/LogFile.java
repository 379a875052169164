package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A log file as it stands now. */
final class LogFile {
    /** What rotations hang on: .1, .20261129, -2026-11-29, .old */
    private static final Pattern ROTATED =
            Pattern.compile("([.-]([0-9]{1,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}([T_-][0-9-]{1,8})?|old|bak))+$");

    private final String path;
    private final Path file;
    private final DataFormat format;
    private final boolean packed;
    private final boolean whole;
    private final long size;
    private final long modified;

    /** The file's beginning after a CSV header, up to {@link LogPosition#HEAD} bytes. */
    private byte[] head = new byte[0];

    @CheckForNull
    private CsvLine header;

    private byte[] headerBytes = new byte[0];
    private long dataStart;

    private LogFile(LogPlace.Found place, DataFormat format, long size) {
        this.path = place.path();
        this.file = place.file();
        this.format = format;
        this.packed = isPacked(place.path());
        this.whole = place.whole();
        this.size = size;
        this.modified = place.modifiedMillis();
    }

    private static boolean isPacked(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** The format that a name tells, through endings of rotation; {@link DataFormat#OTHER} when it doesn't. */
    static DataFormat format(String path) {
        String bare = isPacked(path) ? path.substring(0, path.length() - 3) : path;
        return DataFormat.ofFileName(
                ROTATED.matcher(bare.toLowerCase(Locale.ROOT)).replaceFirst(""));
    }

    /** Looks at a file; its format is {@link DataFormat#OTHER} when its name doesn't tell and none is stated. */
    static LogFile at(LogPlace.Found place, DataFormat stated, int lineLimit) throws IOException {
        DataFormat format = stated == DataFormat.OTHER ? format(place.path()) : stated;
        LogFile found = new LogFile(place, format, Files.size(place.file()));
        if (format == DataFormat.CSV || format == DataFormat.JSON_LINES) {
            try (InputStream in = found.open(0)) {
                found.look(in, lineLimit);
            }
        } else if (format == DataFormat.PARQUET) {
            found.lookAtEnd();
        }
        return found;
    }

    private void look(InputStream in, int lineLimit) throws IOException {
        if (format == DataFormat.CSV) {
            LogLines lines = new LogLines(new OneByOne(in), 0, true, lineLimit);
            if (!lines.next() || !lines.terminated()) {
                return;
            }
            headerBytes = Arrays.copyOf(lines.bytes(), lines.length());
            header = CsvLine.ofHeader(lines.bytes(), lines.length());
            dataStart = lines.end();
        }
        head = in.readNBytes(LogPosition.HEAD);
    }

    /** Parquet files are written at once and end with what is in them: that tells one from another. */
    private void lookAtEnd() throws IOException {
        try (InputStream in = open(Math.max(0, size - LogPosition.HEAD))) {
            head = in.readNBytes(LogPosition.HEAD);
        }
    }

    /** Gives a reader what it can't read too much of. */
    private static final class OneByOne extends InputStream {
        private final InputStream in;

        OneByOne(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int b = in.read();
            if (b < 0) {
                return -1;
            }
            buffer[offset] = (byte) b;
            return 1;
        }
    }

    /** Opens the (unpacked) content at a place. */
    InputStream open(long at) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            InputStream in = packed ? new BufferedInputStream(new GZIPInputStream(raw), 1 << 16) : raw;
            in.skipNBytes(at);
            return in;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** The digest of its header and of so many bytes after it. */
    String digest(int bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(headerBytes);
            digest.update(head, 0, Math.min(bytes, head.length));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it begins as the file of a position did. */
    boolean begins(LogPosition position) {
        return position.headBytes() <= head.length
                && digest(position.headBytes()).equals(position.headDigest());
    }

    /** Whether the beginning of a position is long enough to tell files from each other. */
    static boolean telling(LogPosition position) {
        return position.headBytes() == LogPosition.HEAD;
    }

    LogPosition position(long from, long seen) {
        return new LogPosition(path, digest(head.length), head.length, from, seen);
    }

    /** That it can't be read, in a sentence that names it as its place does. */
    String damaged(IOException failure) {
        String why = String.valueOf(failure.getMessage()).replace(String.valueOf(file.getFileName()), path);
        return "The file " + path + " is damaged or shorter than it was: "
                + why.substring(0, Math.min(why.length(), 1_000));
    }

    String path() {
        return path;
    }

    Path file() {
        return file;
    }

    DataFormat format() {
        return format;
    }

    boolean packed() {
        return packed;
    }

    /** The size in bytes as it was met, packed when it is packed. */
    long size() {
        return size;
    }

    /** Whether its writer is done with it. */
    boolean whole() {
        return whole || packed;
    }

    long modified() {
        return modified;
    }

    @CheckForNull
    CsvLine header() {
        return header;
    }

    /** Where the first row begins. */
    long dataStart() {
        return dataStart;
    }

    /** Whether the first line can't be a header. */
    boolean withoutHeader() {
        return format == DataFormat.CSV && header == null && dataStart > 0;
    }
}
