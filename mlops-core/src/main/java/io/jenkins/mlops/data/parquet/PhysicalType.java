package io.jenkins.mlops.data.parquet;

/** How the values of a column are stored; in the order of the format's numbers. */
enum PhysicalType {
    BOOLEAN,
    INT32,
    INT64,
    INT96,
    FLOAT,
    DOUBLE,
    BYTE_ARRAY,
    FIXED_LEN_BYTE_ARRAY
}
