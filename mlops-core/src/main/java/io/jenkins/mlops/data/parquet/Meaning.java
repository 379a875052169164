package io.jenkins.mlops.data.parquet;

/** What the stored values of a column mean: the logical types as far as they are read. */
enum Meaning {
    /** A number or a truth value as stored. */
    PLAIN,
    /** A whole number without a sign. */
    UNSIGNED,
    /** A whole number to be divided by a power of ten. */
    DECIMAL,
    /** A number of 16 bits. */
    FLOAT16,
    /** UTF-8. */
    TEXT,
    /** 16 bytes, written as text. */
    UUID,
    /** Days since 1970-01-01, written as text. */
    DATE,
    /** A time since midnight, written as text. */
    TIME,
    /** A time since 1970-01-01T00:00, written as text. */
    TIMESTAMP,
    /** Something else, which is not read. */
    OTHER
}
