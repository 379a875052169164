package io.jenkins.mlops.data.parquet;

/**
 * Where the values of a column in one row group stand.
 *
 * @param codec the number of the compression
 * @param values how many values there are, nulls included
 * @param start the offset in the file
 * @param bytes how many bytes
 * @param external whether it stands in another file or is encrypted
 */
record ColumnChunk(int codec, long values, long start, long bytes, boolean external) {}
