package io.jenkins.mlops.s3;

/**
 * One object as a listing shows it.
 *
 * @param key its key in the bucket
 * @param etag its entity tag without quotes: it changes when the content does
 * @param bytes its size
 * @param storedMillis when it was last written, by the store's clock, in milliseconds since 1970; 0 where the store
 *     doesn't say
 * @param archived whether it must be restored before it can be read
 */
public record S3Object(String key, String etag, long bytes, long storedMillis, boolean archived) {}
