package io.jenkins.mlops.data.table;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** An error within a chunk, placed relative to the chunk's start; the place in the file is known when all before is. */
final class ChunkError extends Exception {
    private static final long serialVersionUID = 1L;

    private final long line;

    @CheckForNull
    private final String column;

    /**
     * An error in a line.
     *
     * @param line the line, from 0, counted from the chunk's start
     */
    ChunkError(long line, @CheckForNull String column, String message) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    long line() {
        return line;
    }

    @CheckForNull
    String column() {
        return column;
    }
}
