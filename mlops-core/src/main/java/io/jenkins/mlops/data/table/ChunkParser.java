package io.jenkins.mlops.data.table;

/** Parses the records of one chunk into a sink; one per thread. */
interface ChunkParser {
    /**
     * Parses all records of a chunk.
     *
     * @return how many lines and rows the chunk has
     */
    Counts parse(Chunk chunk, CellSink sink) throws ChunkError;

    /** How many lines (line feeds) and rows a chunk has. */
    record Counts(long lines, long rows) {}
}
