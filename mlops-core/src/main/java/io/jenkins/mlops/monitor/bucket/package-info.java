/** Prediction logs that lie in a bucket of an S3-compatible store: which objects are to be read, and what was of them. */
package io.jenkins.mlops.monitor.bucket;
