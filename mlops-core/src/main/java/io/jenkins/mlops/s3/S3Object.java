package io.jenkins.mlops.s3;

/**
 * One object as a listing shows it.
 *
 * @param key its key in the bucket
 * @param etag its entity tag without quotes: it changes when the content does
 * @param bytes its size
 */
public record S3Object(String key, String etag, long bytes) {}
