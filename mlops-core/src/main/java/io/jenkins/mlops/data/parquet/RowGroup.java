package io.jenkins.mlops.data.parquet;

import java.util.List;

/** A horizontal slice of a file, with a column chunk for each leaf of the schema. */
record RowGroup(long rows, List<ColumnChunk> columns) {}
