package io.jenkins.mlops.monitor.window;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream of bytes, each with the place where it begins. A line that is longer than the limit is given as
 * one that is too long, without its content.
 */
final class LogLines {
    private final InputStream in;
    private final boolean quotes;
    private final int limit;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private byte[] line = new byte[1 << 10];
    private int length;
    private boolean tooLong;
    private boolean terminated;
    private long start;
    private long position;

    /**
     * @param position where the stream stands in the file
     * @param quotes whether a line goes on inside of double quotes, as in CSV
     */
    LogLines(InputStream in, long position, boolean quotes, int limit) {
        this.in = in;
        this.position = position;
        this.quotes = quotes;
        this.limit = limit;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        tooLong = false;
        terminated = false;
        start = position;
        boolean inside = false;
        while (true) {
            if (from == to) {
                to = in.read(buffer, 0, buffer.length);
                from = 0;
                if (to <= 0) {
                    to = 0;
                    return position > start;
                }
            }
            byte b = buffer[from++];
            position++;
            if (b == '\n' && !inside) {
                terminated = true;
                return true;
            }
            inside ^= quotes && b == '"';
            if (length == limit) {
                tooLong = true;
                // A quote that never ends would swallow the rest of the file.
                inside = false;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, (int) Math.min(limit, 2L * line.length));
                }
                line[length++] = b;
            }
        }
    }

    byte[] bytes() {
        return line;
    }

    /** The length without the line's end. */
    int length() {
        return length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    }

    boolean tooLong() {
        return tooLong;
    }

    /** Whether it has a line end: else its writer may still be at it. */
    boolean terminated() {
        return terminated;
    }

    long start() {
        return start;
    }

    /** Where the next line begins. */
    long end() {
        return position;
    }
}
