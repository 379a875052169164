package io.jenkins.mlops.data.table;

/** A run of whole records of a text file, in a buffer that is used again for later chunks. */
final class Chunk {
    byte[] data = new byte[0];

    /** The end of the records in {@link #data}; they start at 0. */
    int length;

    /** Where the chunk starts in the (decompressed) file, in bytes. */
    long offset;

    /** The chunk's number, from 0. */
    int number;

    /** Whether a byte above 127 occurs. */
    boolean beyondAscii;
}
